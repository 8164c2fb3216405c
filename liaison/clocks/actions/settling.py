"""Writing what became of many rungs and clocks with a handful of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from liaison.clocks.enums import StepState
from liaison.clocks.models import Clock, Step
from liaison.parameters.models import parameter
from liaison.workdays import due_after

# After the rungs: what is planned now says when the sweep comes again.
CLOCKS: Final = """
UPDATE clocks_clock SET level = new.level, light = new.light, next_step_at = CASE WHEN outcome = '' AND paused_at IS NULL THEN
  (SELECT min(due_at) FROM clocks_step WHERE clock_id = clocks_clock.id AND state = 'planned') END
FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS new (id, level, light)
WHERE clocks_clock.id = new.id
"""
# A rung reached before its time leaves nothing to be reached below it.
AHEAD: Final = """
UPDATE clocks_step SET state = 'superseded', settled_at = %s
FROM unnest(%s::bigint[], %s::int[]) AS new (clock_id, level)
WHERE clocks_step.clock_id = new.clock_id AND state = 'planned' AND NOT forced AND clocks_step.level < new.level
"""
# The state is asked once more: a rung is reached once, whatever else is wrong.
FIRED: Final = """
UPDATE clocks_step SET state = 'fired', settled_at = %s, acknowledge_by = %s, told = new.told
FROM unnest(%s::bigint[], %s::int[]) AS new (id, told)
WHERE clocks_step.id = new.id AND state = 'planned'
"""


def write(
    clocks: Sequence[Clock],
    fired: Sequence[Step],
    superseded: Sequence[Step],
    spared: Sequence[Step],
    *,
    told: Mapping[int, int],
    now: datetime,
) -> int:
    """The caller holds the clocks locked; how many rungs are superseded before they were due."""
    ahead = 0
    _settle(superseded, StepState.SUPERSEDED, now)
    _settle(spared, StepState.SPARED, now)
    with connection.cursor() as cursor:
        if fired:
            pks = [step.pk for step in fired]
            cursor.execute(FIRED, [now, to_be_acknowledged(now), pks, [told.get(pk, 0) for pk in pks]])
            if cursor.rowcount != len(fired):
                raise RuntimeError("A rung was settled by somebody who does not hold its clock")
            forced = [step for step in fired if step.forced and step.clock.is_running and step.clock.paused_at is None]
            cursor.execute(AHEAD, [now, [step.clock_id for step in forced], [step.level for step in forced]])
            ahead = cursor.rowcount
        columns = zip(*((clock.pk, clock.level, clock.light) for clock in clocks), strict=True)
        cursor.execute(CLOCKS, [list(column) for column in columns])
    return ahead


def to_be_acknowledged(now: datetime) -> datetime:
    """Until when somebody must say that they have heard it."""
    return due_after(now, parameter("clocks.acknowledge_days"))


def _settle(steps: Sequence[Step], state: StepState, now: datetime) -> None:
    if steps:
        rows = Step.objects.filter(pk__in=[step.pk for step in steps], state=StepState.PLANNED)
        rows.update(state=state, settled_at=now)

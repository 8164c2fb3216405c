"""Planning the rungs of clocks: rows in advance, one for each level, moved with the clock's due moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from liaison.clocks.actions.rules import rungs_in_force
from liaison.clocks.enums import StepState
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import Clock, Pause, Rung, Step
from liaison.clocks.reckoning import Moments, moments_of, stretches_of, warn_moment
from liaison.workdays.calendar import WorkingCalendar

Rungs = Mapping[str, Sequence[Rung]]


def plan_steps(clocks: Sequence[Clock], calendar: WorkingCalendar) -> list[Step]:
    """The rungs of clocks that are about to begin; their pauses lie ahead. Saved by the caller, after the clocks."""
    rungs = rungs_in_force()
    return [step for clock in clocks for step in _planned(clock, rungs, calendar)]


def _planned(clock: Clock, rungs: Rungs, calendar: WorkingCalendar) -> list[Step]:
    moments = moments_of(clock, rungs_of(clock, rungs), (), calendar)
    clock.warn_at = warn_moment(moments)
    clock.next_step_at = min((at for _rung, at in moments), default=None)
    return [_step(clock, rung, at) for rung, at in moments]


def _step(clock: Clock, rung: Rung, at: datetime) -> Step:
    return Step(clock=clock, cycle=clock.cycle, level=rung.level, rung=rung, light=rung.light, due_at=at)


def rungs_of(clock: Clock, rungs: Rungs) -> Sequence[Rung]:
    """The kind's own rungs, else those for all kinds."""
    if not kind_of(clock.kind).laddered:
        return ()
    return rungs.get(clock.kind) or rungs.get("", ())


MOVE: Final = """
UPDATE clocks_step SET due_at = new.due_at FROM unnest(%s::bigint[], %s::timestamptz[]) AS new (id, due_at)
WHERE clocks_step.id = new.id
"""


def replan(clocks: Sequence[Clock], calendar: WorkingCalendar) -> None:
    """The due moments of running clocks have changed: planned rungs move along, those of a new cycle are planned.

    The caller saves the clocks. A rung that was reached in this cycle stays reached: nothing is told twice.
    """
    rungs, steps, pauses = rungs_in_force(), _steps_of(clocks), _pauses_of(clocks)
    moved: list[Step] = []
    fresh: list[Step] = []
    for clock in clocks:
        known = {step.level: step for step in steps[clock.pk]}
        chosen = [step.rung for step in known.values()] or rungs_of(clock, rungs)
        moments = moments_of(clock, chosen, stretches_of(pauses[clock.pk]), calendar)
        clock.warn_at = warn_moment(moments)
        new = [_step(clock, rung, at) for rung, at in moments if rung.level not in known]
        moved += _moved(known, moments)
        clock.next_step_at = _next(clock, [*known.values(), *new])
        fresh += new
    _save_moments(moved)
    Step.objects.bulk_create(fresh, batch_size=1000)


def _moved(known: Mapping[int, Step], moments: Moments) -> Iterator[Step]:
    """Planned rungs that are reached at another moment now."""
    for rung, at in moments:
        step = known.get(rung.level)
        if step and step.state == StepState.PLANNED and not step.forced and step.due_at != at:
            step.due_at = at
            yield step


def _save_moments(steps: Sequence[Step]) -> None:
    if steps:
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [[step.pk for step in steps], [step.due_at for step in steps]])


def _steps_of(clocks: Sequence[Clock]) -> Mapping[int, list[Step]]:
    """The rungs of the present cycles. A rung's definition is read once, however many clocks have it."""
    found: dict[int, list[Step]] = defaultdict(list)
    cycles = {clock.pk: clock.cycle for clock in clocks}  # a new one may not be saved yet
    steps = Step.objects.filter(clock__in=clocks, cycle__in=set(cycles.values())).order_by("level")
    present = [step for step in steps if step.cycle == cycles[step.clock_id]]
    rungs = Rung.objects.in_bulk({step.rung_id for step in present})
    for step in present:
        step.rung = rungs[step.rung_id]
        found[step.clock_id].append(step)
    return found


def _pauses_of(clocks: Sequence[Clock]) -> Mapping[int, list[Pause]]:
    """Read anew: one may just have ended, and a clock that was read before does not know it."""
    found: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(clock__in=clocks).order_by("began_at", "pk"):
        found[pause.clock_id].append(pause)
    return found


def _next(clock: Clock, steps: Iterable[Step]) -> datetime | None:
    if clock.paused_at is not None or not clock.is_running:
        return None
    return min((step.due_at for step in steps if step.state == StepState.PLANNED), default=None)


def cancel_steps(clock: Clock, now: datetime) -> None:
    """Nothing more is reached: the clock has ended, or begins a new cycle."""
    Step.objects.filter(clock=clock, state=StepState.PLANNED, forced=False).update(state=StepState.CANCELLED, settled_at=now)

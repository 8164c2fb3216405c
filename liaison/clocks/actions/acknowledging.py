"""Who was told says so; where nobody does in time, it is told further up, once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from time import monotonic

from django.core.exceptions import PermissionDenied
from django.db import transaction

from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.clocks.enums import Outcome, StepState
from liaison.clocks.kinds import Firing, Unheard, key_of, subject_codes, subjects_of
from liaison.clocks.models import Rung, Step
from liaison.notifications.models import Notification

BATCH = 200


def may_acknowledge(step: Step, by: User) -> bool:
    """Whether the person, or somebody they stand in for, was told of this rung."""
    return Notification.objects.filter(recipient__in=hats_of(by).owner_ids, key=key_of(step)).exists()


def waiting_for(subject_kind: str, subject_id: int, user: User, *, but: str = "") -> list[Step]:
    """Rungs of one matter that were told to the person, or to whom they stand in for, and that nobody has acknowledged.

    Messages of the kind ``but`` ask for no such word.
    """
    rows = Step.objects.filter(
        clock__subject_kind=subject_kind, clock__subject_id=subject_id, state=StepState.FIRED, acknowledged_at=None
    )
    steps = {key_of(step): step for step in rows.filter(clock__outcome="").select_related("clock__unit", "rung").order_by("pk")}
    told = Notification.objects.filter(recipient__in=hats_of(user).owner_ids, key__in=steps) if steps else ()
    keys = {row.key for row in told if row.kind != but}
    return [step for key, step in steps.items() if key in keys]


@transaction.atomic
def acknowledge(step: Step, by: User, now: datetime) -> bool:
    """The rung was heard; the first word counts, a second changes nothing. Whether this was the first."""
    if not may_acknowledge(step, by):
        raise PermissionDenied
    row = Step.objects.select_for_update(no_key=True).get(pk=step.pk)
    if row.state != StepState.FIRED or row.acknowledged_at is not None:
        return False
    row.acknowledged_at, row.acknowledged_by = now, by
    row.save(update_fields=["acknowledged_at", "acknowledged_by"])
    return True


def climb_unacknowledged(now: datetime, *, batch: int = BATCH, until: float | None = None) -> int:
    """Tell the people of the next rung up what nobody has acknowledged in time; how many rungs were told of."""
    total, held = 0, set[int]()
    while until is None or monotonic() < until:
        claimed, told = _next_batch(now, batch, held)
        total += told
        if not claimed:
            break
    return total


@transaction.atomic
def _next_batch(now: datetime, batch: int, held: set[int]) -> tuple[int, int]:
    steps = _claim(now, batch, held)
    by_kind: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_kind[step.clock.subject_kind].append(step)
    told = sum(_tell(kind, some, now, held) for kind, some in by_kind.items())
    return len(steps), told


def _claim(now: datetime, batch: int, held: set[int]) -> list[Step]:
    """Of clocks that run: who finished late, or waits for others, is not chased."""
    rows = Step.objects.filter(
        state=StepState.FIRED,
        acknowledged_at=None,
        climbed_at=None,
        acknowledge_by__lt=now,
        clock__outcome=Outcome.RUNNING,
        clock__paused_at=None,
        clock__subject_kind__in=subject_codes(),
    )
    rows = rows.exclude(pk__in=held).select_related("clock", "rung").order_by("acknowledge_by", "pk")
    return list(rows.select_for_update(no_key=True, skip_locked=True, of=("self", "clock"))[:batch])


def _tell(kind: str, steps: Sequence[Step], now: datetime, held: set[int]) -> int:
    """Whoever a higher rung, or a new date, has told since need not be told again; the rung is done with all the same."""
    subjects = subjects_of(kind)
    locked = subjects.lock({step.clock.subject_id for step in steps})
    held.update(step.pk for step in steps if step.clock.subject_id not in locked)
    ready = [step for step in steps if step.clock.subject_id in locked]
    waiting = [step for step in ready if step.cycle == step.clock.cycle and step.level >= step.clock.level]
    above = _above(waiting)
    subjects.unheard(
        [(Unheard(Firing(step.clock, step), above[step.pk]), locked[step.clock.subject_id]) for step in waiting], now
    )
    Step.objects.filter(pk__in=[step.pk for step in ready]).update(climbed_at=now)
    return len(waiting)


def _above(steps: Iterable[Step]) -> Mapping[int, Rung]:
    """The next rung of the same ladder; at the top the rung itself."""
    wanted = list(steps)
    rungs = list(Rung.objects.filter(rules__in={step.rung.rules_id for step in wanted}).order_by("level")) if wanted else []
    return {step.pk: next((rung for rung in rungs if _is_above(rung, step.rung)), step.rung) for step in wanted}


def _is_above(higher: Rung, rung: Rung) -> bool:
    return (higher.rules_id, higher.kind) == (rung.rules_id, rung.kind) and higher.level > rung.level

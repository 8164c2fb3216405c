"""The sweep of the ladder: what is due is claimed, checked again under lock, and told; by state, never by a window of time.

However late, often or beside itself it runs, the same rows are the outcome: each rung of a clock's cycle is reached once.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from django.db import InterfaceError, OperationalError, transaction

from liaison.clocks.actions.settling import write
from liaison.clocks.enums import StepState
from liaison.clocks.kinds import Firing, subject_codes, subjects_of
from liaison.clocks.models import Clock, ClockQuerySet, Rung, Step

logger = logging.getLogger(__name__)
BATCH: Final = 500
PUT_OFF: Final = timedelta(hours=1)
"After this a clock that could not be settled is tried again; meanwhile it holds nobody up."
Subject = object


@dataclass(frozen=True)
class Climbed:
    """What a sweep did."""

    clocks: int = 0
    fired: int = 0
    superseded: int = 0
    spared: int = 0
    failed: int = 0

    def __add__(self, other: "Climbed") -> "Climbed":
        """Of two rounds."""
        return Climbed(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass
class Verdicts:
    """What becomes of the rungs of a batch."""

    fired: list[tuple[Firing, Subject]] = field(default_factory=list)
    superseded: list[Step] = field(default_factory=list)
    spared: list[Step] = field(default_factory=list)


def climb(now: datetime, *, batch: int = BATCH, until: float | None = None) -> Climbed:
    """Settle all that is due, until ``until`` (monotonic). What an act holds at this moment is left to the next sweep."""
    total, held = Climbed(), set[int]()
    while until is None or monotonic() < until:
        claimed: list[int] = []
        try:
            done = _next_batch(now, batch, held, claimed)
        except (OperationalError, InterfaceError):
            raise  # the database is away or chose us as a victim: nothing is known about any clock
        except Exception:
            logger.exception("A batch of %s clocks could not be settled; they are tried one at a time", len(claimed))
            done = sum((_alone(pk, now, held) for pk in claimed), Climbed())
        if not claimed:
            break
        total += done
    return total


@transaction.atomic
def _next_batch(now: datetime, batch: int, held: set[int], claimed: list[int]) -> Climbed:
    clocks = _claim(Clock.objects.exclude(pk__in=held), now, batch)
    claimed.extend(clock.pk for clock in clocks)
    return _settle(clocks, now, held)


def _claim(clocks: ClockQuerySet, now: datetime, batch: int) -> list[Clock]:
    """Those that nobody else holds, the longest due first; then those of which an event forces a rung, ended ones among them.

    Kinds whose room is not there are nobody's to settle.
    """
    free = clocks.filter(subject_kind__in=subject_codes()).select_for_update(no_key=True, skip_locked=True, of=("self",))
    due = list(free.filter(next_step_at__lte=now).order_by("next_step_at", "pk")[:batch])
    forced = Step.objects.filter(state=StepState.PLANNED, forced=True, due_at__lte=now).values("clock")
    return due or list(free.filter(pk__in=forced).order_by("pk")[:batch])


def _alone(pk: int, now: datetime, held: set[int]) -> Climbed:
    try:
        with transaction.atomic():
            return _settle(_claim(Clock.objects.filter(pk=pk), now, 1), now, held)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Clock %s could not be settled; it is tried again in an hour", pk)
        _put_off(pk, now)
        held.add(pk)
        return Climbed(failed=1)


def _put_off(pk: int, now: datetime) -> None:
    """One bad clock never stands before the others."""
    Clock.objects.filter(pk=pk, next_step_at__lte=now).update(next_step_at=now + PUT_OFF)
    forced = Step.objects.filter(clock=pk, state=StepState.PLANNED, forced=True)
    forced.filter(due_at__lte=now).update(due_at=now + PUT_OFF)


# --- one batch ----------------------------------------------------------------------------------------
def _settle(clocks: Sequence[Clock], now: datetime, held: set[int]) -> Climbed:
    """Decide about the due rungs of locked clocks, whose subjects are locked in turn, and write it all down."""
    locked = _lock_subjects(clocks)
    ready = [clock for clock in clocks if (clock.subject_kind, clock.subject_id) in locked]
    held.update(clock.pk for clock in clocks if (clock.subject_kind, clock.subject_id) not in locked)
    if not ready:
        return Climbed()
    steps = _due_steps(ready, now)
    verdicts = Verdicts()
    for clock in ready:
        _judge(clock, steps[clock.pk], locked[clock.subject_kind, clock.subject_id], verdicts)
    told = _fire(verdicts.fired, now)
    fired = [firing.step for firing, _subject in verdicts.fired]
    ahead = write(ready, fired, verdicts.superseded, verdicts.spared, told=told, now=now)
    return Climbed(len(ready), len(fired), len(verdicts.superseded) + ahead, len(verdicts.spared))


def _lock_subjects(clocks: Sequence[Clock]) -> Mapping[tuple[str, int], Subject]:
    """Acts lock the subject, then its clocks; here it is the other way round, so nothing is waited for."""
    pks: dict[str, set[int]] = defaultdict(set)
    for clock in clocks:
        pks[clock.subject_kind].add(clock.subject_id)
    return {(kind, pk): subject for kind, some in pks.items() for pk, subject in subjects_of(kind).lock(some).items()}


def _due_steps(clocks: Sequence[Clock], now: datetime) -> Mapping[int, list[Step]]:
    """Due ones alone, the highest first; their rungs are few and read once."""
    found: dict[int, list[Step]] = defaultdict(list)
    by_pk = {clock.pk: clock for clock in clocks}
    rows = list(Step.objects.filter(clock__in=by_pk, state=StepState.PLANNED, due_at__lte=now).order_by("-level", "-cycle"))
    rungs = Rung.objects.in_bulk({step.rung_id for step in rows})
    for step in rows:
        step.clock, step.rung = by_pk[step.clock_id], rungs[step.rung_id]
        found[step.clock_id].append(step)
    return found


def _judge(clock: Clock, due: list[Step], subject: Subject, verdicts: Verdicts) -> None:
    """The highest due rung whose condition holds is reached, lower ones are superseded; at rest only forced ones count."""
    runs = clock.is_running and clock.paused_at is None
    subjects = subjects_of(clock.subject_kind)
    for step in due:
        firing = Firing(clock, step)
        if not (runs or step.forced):
            continue
        if not subjects.holds(firing, subject):
            verdicts.spared.append(step)
        elif step.level <= clock.level:
            verdicts.superseded.append(step)
        else:
            verdicts.fired.append((firing, subject))
            clock.level, clock.light = step.level, step.light


def _fire(fired: Sequence[tuple[Firing, Subject]], now: datetime) -> Mapping[int, int]:
    by_kind: dict[str, list[tuple[Firing, Subject]]] = defaultdict(list)
    for firing, subject in fired:
        by_kind[firing.clock.subject_kind].append((firing, subject))
    told: dict[int, int] = {}
    for kind, some in by_kind.items():
        told.update(subjects_of(kind).fire(some, now))
    return told

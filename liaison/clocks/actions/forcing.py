"""Rungs that are reached by what happened, not by time."""

from datetime import datetime

from django.db import transaction

from liaison.clocks.actions.planning import rungs_of
from liaison.clocks.actions.rules import rungs_in_force
from liaison.clocks.enums import StepState
from liaison.clocks.models import Clock, Rung, Step

AGAIN = frozenset({StepState.PLANNED, StepState.CANCELLED, StepState.SPARED})
"Not reached so far; what was told, or is below what was told, stays as it is."


@transaction.atomic
def force(clock: Clock, level: int, now: datetime) -> Step | None:
    """Let the next sweep reach this rung, also of a clock that has ended; none if it was reached or the ladder has no such rung.

    The caller holds the subject's row; a second call changes nothing.
    """
    clock = Clock.objects.select_for_update(no_key=True, of=("self",)).get(pk=clock.pk)
    step = Step.objects.filter(clock=clock, cycle=clock.cycle, level=level).first()
    if step is None:
        return _plan(clock, level, now)
    if step.state not in AGAIN or step.forced:
        return None
    step.forced, step.due_at, step.state, step.settled_at = True, now, StepState.PLANNED, None
    step.save(update_fields=["forced", "due_at", "state", "settled_at"])
    return step


def _plan(clock: Clock, level: int, now: datetime) -> Step | None:
    rung = _rung(clock, level)
    if rung is None or clock.level >= level:
        return None
    return Step.objects.create(clock=clock, cycle=clock.cycle, level=level, rung=rung, light=rung.light, due_at=now, forced=True)


def _rung(clock: Clock, level: int) -> Rung | None:
    return next((rung for rung in rungs_of(clock, rungs_in_force()) if rung.level == level), None)

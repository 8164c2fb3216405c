"""What the ladder would do next, and what it should have done: questions about clocks, nothing is written.

The pages of the dry run and of the replay are made of these two answers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from liaison.clocks.actions.planning import Rungs, rungs_of
from liaison.clocks.actions.rules import rungs_in_force
from liaison.clocks.enums import Because, StepState
from liaison.clocks.models import Clock, ClockEvent, Rung, Step
from liaison.clocks.reckoning import Moments, moments_of, stretches_of
from liaison.workdays import portal

GRACE: Final = timedelta(minutes=1)
"Between two sweeps an act may end a clock: a rung reached so shortly before is nothing that was missed."
SETTLED: Final = frozenset({StepState.FIRED, StepState.SUPERSEDED, StepState.SPARED})


class Verdict(models.TextChoices):
    """How a rung that should be reached compares with what is written down."""

    PLANNED = "planned", _("Will be reached")
    AGREED = "agreed", _("As it should be")
    MISSING = "missing", _("Should have been reached and was not")
    EXTRA = "extra", _("Was reached and should not have been")


@dataclass(frozen=True)
class Planned:
    """One rung of one clock at one moment."""

    clock: Clock
    level: int
    light: str
    at: datetime
    told: Sequence[str]
    verdict: str
    condition: str = ""
    "What must hold at that moment besides; nobody can know it beforehand."
    step: Step | None = None
    "The row, where there is one."


# --- what would fire ----------------------------------------------------------------------------------
def would_fire(now: datetime, days: int = 7, rungs: Rungs | None = None) -> list[Planned]:
    """What running clocks will reach in the coming days unless something is done, by what is planned or by another ladder."""
    until = now + timedelta(days=days)
    clocks = list(_with_story(Clock.objects.running().filter(paused_at=None).select_related("unit")))
    found = (each for clock in clocks for each in (_as_planned(clock) if rungs is None else _by(rungs, clock)))
    return sorted((each for each in found if each.at <= until), key=_order)


def _as_planned(clock: Clock) -> Iterator[Planned]:
    for step in clock.steps.all():
        if step.state == StepState.PLANNED:
            yield _planned(clock, step.rung, step.due_at, Verdict.PLANNED, step)


def _by(rungs: Rungs, clock: Clock) -> Iterator[Planned]:
    """Levels that were settled in this cycle are not reached again."""
    settled = {step.level for step in clock.steps.all() if step.cycle == clock.cycle and step.state in SETTLED}
    own = [rung for rung in rungs_of(clock, rungs) if rung.level not in settled]
    for rung, at in moments_of(clock, own, stretches_of(clock.pauses.all()), portal.calendar()):
        yield _planned(clock, rung, at, Verdict.PLANNED)


def _planned(clock: Clock, rung: Rung, at: datetime, verdict: Verdict, step: Step | None = None) -> Planned:
    return Planned(clock, rung.level, rung.light, at, tuple(rung.told), verdict, rung.condition, step)


def _order(planned: Planned) -> tuple[datetime, int, int]:
    return planned.at, planned.clock.pk, planned.level


def _with_story(clocks: models.QuerySet[Clock]) -> models.QuerySet[Clock]:
    steps = Prefetch("steps", Step.objects.select_related("rung"))
    return clocks.prefetch_related(steps, "pauses", Prefetch("events", ClockEvent.objects.order_by("pk")))


# --- what should have fired ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Version:
    """A stretch in which a clock ran with one due moment."""

    cycle: int
    begins: datetime
    ends: datetime
    due: datetime
    runs: bool


@dataclass(frozen=True)
class Reached:
    """When a rung was due to be reached."""

    rung: Rung
    at: datetime
    surely: bool
    "Not only within the last moments before the state changed."


def should_have_fired(start: datetime, end: datetime) -> list[Planned]:
    """Reckon anew from clocks, pauses and rungs what was to be reached between two moments, and compare it with the rows."""
    clocks = Clock.objects.filter(Q(ended_at=None) | Q(ended_at__gte=start), started_at__lte=end).select_related("unit")
    rungs = rungs_in_force()
    return sorted((each for clock in _with_story(clocks) for each in _replayed(clock, rungs, start, end)), key=_order)


def _replayed(clock: Clock, rungs: Rungs, start: datetime, end: datetime) -> Iterator[Planned]:
    known = {(step.cycle, step.level): step for step in clock.steps.all()}
    expected = _expected(clock, rungs, min(end, clock.ended_at or end))
    for key, reached in expected.items():
        step = known.get(key)
        settled = step is not None and step.state in SETTLED
        if start <= reached.at <= end and (settled or reached.surely):
            yield _planned(clock, reached.rung, reached.at, Verdict.AGREED if settled else Verdict.MISSING, step)
    for key, step in known.items():
        if _is_extra(step, expected.get(key)) and step.settled_at is not None and start <= step.settled_at <= end:
            yield _planned(clock, step.rung, step.settled_at, Verdict.EXTRA, step)


def _is_extra(step: Step, expected: Reached | None) -> bool:
    """Told before its time; what was forced by an event is not reckoned in time."""
    if step.state != StepState.FIRED or step.forced or step.settled_at is None:
        return False
    return step.settled_at < (expected.at if expected else step.due_at)


def _expected(clock: Clock, rungs: Rungs, end: datetime) -> Mapping[tuple[int, int], Reached]:
    """The first moment at which the state called for each rung."""
    found: dict[tuple[int, int], Reached] = {}
    for version in _versions(clock, end):
        if not version.runs:
            continue
        for rung, moment in _moments(clock, version, rungs):
            at, key = max(moment, version.begins), (version.cycle, rung.level)
            if at <= version.ends and not (key in found and found[key].surely):
                found[key] = Reached(rung, at, surely=at <= version.ends - GRACE)
    return found


def _moments(clock: Clock, version: Version, rungs: Rungs) -> Moments:
    """As they were reckoned then."""
    then = Clock(started_at=clock.started_at, due_at=version.due)
    pauses = stretches_of(pause for pause in clock.pauses.all() if pause.began_at < version.ends)
    return moments_of(then, _rungs(clock, version.cycle, rungs), pauses, portal.calendar())


def _rungs(clock: Clock, cycle: int, rungs: Rungs) -> Iterable[Rung]:
    """Those that were planned for the cycle; where nothing was, those in force."""
    own = [step.rung for step in clock.steps.all() if step.cycle == cycle and not step.forced]
    return own or rungs_of(clock, rungs)


def _versions(clock: Clock, end: datetime) -> Iterator[Version]:
    """The clock's life cut where its due moment changed, where it stood still and where a new date began a new cycle."""
    begins, cycle, runs = clock.started_at, 1, True
    for event in clock.events.all():
        yield Version(cycle, begins, min(event.at, end), event.old or clock.due_at, runs)
        begins = event.at
        cycle += event.because == Because.EXTENDED
        runs = {Because.PAUSED: False, Because.RESUMED: True}.get(Because(event.because), runs)
    yield Version(cycle, begins, end, clock.due_at, runs)

"""Keeping the clocks of a matter: an app says which should run now, and this room starts, pauses, resumes and ends them.

Saying it anew after every act is what makes forgetting impossible: an act that ends a stage ends its clock at once (T04), by
whichever way the act came (T06), and a matter at its end has no clock left (T05).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from liaison.accounts.models import User
from liaison.clocks.actions.planning import cancel_steps, plan_steps, replan
from liaison.clocks.actions.rules import limit_for, limits_in_force
from liaison.clocks.enums import Because, Outcome, PauseReason
from liaison.clocks.models import Clock, ClockEvent, Key, Pause, Step
from liaison.clocks.reckoning import due_of, stretches_of
from liaison.workdays import portal
from liaison.workdays.limits import Limit


@dataclass(frozen=True)
class Matter:
    """What clocks are about; the caller holds its row locked."""

    kind: str
    pk: int
    round: int = 1
    nature: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class Standstill:
    """Why a clock is to stand still, and who let it."""

    reason: PauseReason
    asked_by: int | None = None
    approved_by: int | None = None


@dataclass(frozen=True)
class Wanted:
    """A clock that should run now."""

    kind: str
    start: datetime
    part: int = 0
    unit: int | None = None
    limit: Limit | None = None
    "By the rules where it is not given."
    fixed_on: date | None = None
    still: Standstill | None = None

    @property
    def key(self) -> Key:
        """The same as the clock's."""
        return self.kind, self.part


def keep(
    matter: Matter,
    wanted: Iterable[Wanted],
    *,
    done: Callable[[Clock], bool],
    now: datetime,
    by: User | None = None,
    resumed_at: datetime | None = None,
) -> dict[Key, Clock]:
    """Bring the matter's clocks in line with what it waits for; returns those that run (or stand still) from now on.

    ``done`` says whether what an ending clock waited for has happened; ``resumed_at`` from when clocks run again, where that was
    not at ``now`` (a pause ends with its last day, however late the sweep comes).
    """
    running = {clock.key: clock for clock in _running(matter)}
    plan = {each.key: each for each in wanted}
    for key, clock in list(running.items()):
        if key not in plan:
            end_clock(running.pop(key), done=done(clock), now=now)
        else:
            _adjust(clock, plan[key], now=now, resumed_at=resumed_at or now, by=by)
    fresh = _start(matter, [each for key, each in plan.items() if key not in running])
    for clock in fresh:
        running[clock.key] = clock
        _stand_still(clock, plan[clock.key], now, by)
    return running


def _running(matter: Matter) -> list[Clock]:
    rows = Clock.objects.running().of(matter.kind, matter.pk).select_for_update(no_key=True, of=("self",))
    return list(rows.prefetch_related("pauses").order_by("pk"))


def _start(matter: Matter, wanted: Sequence[Wanted]) -> list[Clock]:
    """New rows with their due moments and rungs; a kind that had its turn in this round before is counted on."""
    if not wanted:
        return []
    calendar, version, rules = portal.calendar(), portal.version(), limits_in_force()
    earlier = Clock.objects.of(matter.kind, matter.pk).filter(round=matter.round, kind__in={each.kind for each in wanted})
    turns: dict[Key, int] = {}
    for kind, part in earlier.values_list("kind", "part"):
        turns[kind, part] = turns.get((kind, part), 0) + 1
    clocks = []
    for each in wanted:
        limit = each.limit or (None if each.fixed_on else limit_for(rules.rows, each.kind, matter.nature, matter.urgency))
        clock = Clock(
            subject_kind=matter.kind,
            subject_id=matter.pk,
            part=each.part,
            kind=each.kind,
            round=matter.round,
            nth=turns.get(each.key, 0) + 1,
            unit_id=each.unit,
            started_at=each.start,
            amount=int(limit.amount) if limit else None,
            limit_unit=limit.unit.value if limit else "",
            fixed_on=each.fixed_on,
            rules=rules.version,
            calendar_version=version,
        )
        clock.due_at = due_of(clock, (), calendar)
        clocks.append(clock)
    steps = plan_steps(clocks, calendar)
    Clock.objects.bulk_create(clocks)
    Step.objects.bulk_create(steps)
    return clocks


def end_clock(clock: Clock, *, done: bool, now: datetime) -> None:
    """Write the outcome, once: in time, missed, or without object when nothing was missed and nothing was done."""
    _end_pause(clock, now)
    late = now > clock.due_at
    clock.outcome = Outcome.MISSED if late else (Outcome.MET if done else Outcome.VOID)
    clock.ended_at, clock.next_step_at, clock.paused_at = now, None, None
    clock.save(update_fields=["outcome", "ended_at", "next_step_at", "paused_at", "due_at"])
    cancel_steps(clock, now)


def _adjust(clock: Clock, wanted: Wanted, *, now: datetime, resumed_at: datetime, by: User | None) -> None:
    """What goes on may have gone to another unit, got another limit, been paused or resumed."""
    if clock.unit_id != wanted.unit:
        clock.unit_id = wanted.unit
        clock.save(update_fields=["unit"])
    if _has_other_limit(clock, wanted):
        _change_limit(clock, wanted, now, by)
    if wanted.still and clock.paused_at is None:
        _stand_still(clock, wanted, now, by)
    elif clock.paused_at is not None and wanted.still is None:
        _go_on(clock, max(resumed_at, clock.paused_at), now, by)


def _has_other_limit(clock: Clock, wanted: Wanted) -> bool:
    if wanted.fixed_on is not None:
        return clock.fixed_on != wanted.fixed_on
    return wanted.limit is not None and clock.limit != wanted.limit


def _change_limit(clock: Clock, wanted: Wanted, now: datetime, by: User | None) -> None:
    limit = wanted.limit
    clock.amount, clock.limit_unit = (int(limit.amount), limit.unit.value) if limit else (None, "")
    clock.fixed_on = wanted.fixed_on
    move_due(clock, Because.LIMIT, now, by)


def _stand_still(clock: Clock, wanted: Wanted, now: datetime, by: User | None) -> None:
    if wanted.still is None:
        return
    still = wanted.still
    Pause.objects.create(
        clock=clock, reason=still.reason, began_at=now, asked_by_id=still.asked_by, approved_by_id=still.approved_by
    )
    clock.paused_at, clock.next_step_at = now, None
    clock.save(update_fields=["paused_at", "next_step_at"])
    _write(clock, Because.PAUSED, now, by, clock.due_at, note=still.reason)


def _go_on(clock: Clock, at: datetime, now: datetime, by: User | None) -> None:
    _end_pause(clock, at)
    clock.paused_at = None
    move_due(clock, Because.RESUMED, now, by)


def _end_pause(clock: Clock, at: datetime) -> None:
    """Close the open stretch, and let the due moment know what was paused."""
    if clock.paused_at is None:
        return
    clock.pauses.filter(ended_at=None).update(ended_at=max(at, clock.paused_at))
    clock.due_at = due_of(clock, stretches(clock), portal.calendar())


def extend_clock(clock: Clock, to: date, *, now: datetime, by: User) -> None:
    """Another day was granted: the ladder begins anew before it."""
    clock.extended_to, clock.extended_at = to, now
    clock.cycle += 1
    clock.level, clock.light = 0, ""
    cancel_steps(clock, now)
    move_due(clock, Because.EXTENDED, now, by)


def move_due(clock: Clock, because: Because, now: datetime, by: User | None) -> None:
    """Reckon the due moment and the rungs anew, and write down old and new."""
    old, calendar = clock.due_at, portal.calendar()
    clock.due_at, clock.calendar_version = due_of(clock, stretches(clock), calendar), portal.version()
    replan([clock], calendar)
    clock.save(update_fields=MOVED)
    _write(clock, because, now, by, old)


MOVED = (
    "amount", "limit_unit", "fixed_on", "extended_to", "extended_at", "due_at", "warn_at", "calendar_version", "paused_at",
    "cycle", "level", "light", "next_step_at",
)  # fmt: skip


def stretches(clock: Clock) -> list[tuple[datetime, datetime]]:
    """The pauses of one clock as the arithmetic takes them; read anew, for one may just have ended."""
    return stretches_of(Pause.objects.filter(clock=clock).order_by("began_at"))


def _write(clock: Clock, because: Because, now: datetime, by: User | None, old: datetime, note: str = "") -> None:
    ClockEvent.objects.create(
        clock=clock, at=now, because=because, by=by, old=old, new=clock.due_at, note=note, calendar_version=clock.calendar_version
    )

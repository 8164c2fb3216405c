"""When a clock ends and when its rungs are reached: from its limit, its pauses and a calendar. Pure: no database."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from liaison.clocks.enums import Basis, Light
from liaison.clocks.models import Clock, Pause, Rung
from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.limits import LimitUnit, calendar_of, moved_by, reckon, share_at
from liaison.workdays.limits import Pause as Stretch

Moments = list[tuple[Rung, datetime]]


def stretches_of(pauses: Iterable[Pause]) -> list[Stretch]:
    """Pauses that are over; an open one moves nothing yet, for nobody knows its length."""
    return [(pause.began_at, pause.ended_at) for pause in pauses if pause.ended_at is not None]


def due_of(clock: Clock, pauses: Sequence[Stretch], calendar: WorkingCalendar) -> datetime:
    """The due moment: of the limit, or of the day that was granted or promised."""
    if clock.extended_to is not None and clock.extended_at is not None:
        granted = _end_of(calendar, clock)
        return moved_by(calendar, granted, clock.extended_at, pauses) if _is_moved_by_pauses(clock) else granted
    if clock.limit is None:
        assert clock.fixed_on is not None  # a constraint says so
        return calendar.end_of(calendar.next_workday(clock.fixed_on))
    return reckon(calendar, clock.started_at, clock.limit, pauses).due


def _end_of(calendar: WorkingCalendar, clock: Clock) -> datetime:
    assert clock.extended_to is not None
    return calendar.end_of(calendar.next_workday(clock.extended_to))


def _is_moved_by_pauses(clock: Clock) -> bool:
    """A statutory limit in calendar days is not, however often it was extended."""
    return clock.limit_unit != LimitUnit.CALENDAR_DAYS


def moments_of(clock: Clock, rungs: Iterable[Rung], pauses: Sequence[Stretch], calendar: WorkingCalendar) -> Moments:
    """When each rung is reached; never at the clock's very beginning."""
    return [(rung, _moment_of(clock, rung, pauses, calendar)) for rung in rungs]


def _moment_of(clock: Clock, rung: Rung, pauses: Sequence[Stretch], calendar: WorkingCalendar) -> datetime:
    if rung.basis == Basis.SHARE:
        counted_by = calendar_of(calendar, LimitUnit(clock.limit_unit)) if clock.limit_unit else calendar
        return share_at(counted_by, clock.started_at, clock.due_at, rung.amount, pauses)
    if rung.amount == 0:
        return clock.due_at
    return _days_after(calendar, calendar.date_of(clock.due_at), rung.amount)


@lru_cache(maxsize=4096)
def _days_after(calendar: WorkingCalendar, day: date, count: int) -> datetime:
    """The same for all clocks that are due on one day: thousands of them are moved at once."""
    return calendar.end_of(calendar.workday_after(day, count))


def warn_moment(moments: Moments) -> datetime | None:
    """When the light turns yellow."""
    return min((at for rung, at in moments if rung.light == Light.YELLOW), default=None)

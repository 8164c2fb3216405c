"""Why a limit ends when it does: every segment counted, every day skipped, every pause. Facts only; words are made elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from liaison.workdays.calendar import Micros, Name, Stretch, WorkingCalendar, micros
from liaison.workdays.limits import Limit, LimitUnit, Reckoned

ONE_DAY = timedelta(days=1)


class Because(StrEnum):
    """What one part of an explanation says."""

    RULE = "rule"
    START_DAY = "start_day"
    COUNTED_DAY = "counted_day"
    COUNTED_TIME = "counted_time"
    COUNTED_DATE = "counted_date"
    COUNTED_CLOCK = "counted_clock"
    SKIPPED = "skipped"
    CLOSED_END = "closed_end"
    PAUSE = "pause"
    PAUSES_IGNORED = "pauses_ignored"
    WITHOUT_PAUSES = "without_pauses"
    MADE_UP = "made_up"
    CLOCK_PAUSE = "clock_pause"
    CLOCK_WITHOUT_PAUSES = "clock_without_pauses"
    CLOCK_MADE_UP = "clock_made_up"
    PROVISIONAL = "provisional"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the answer to "why this date?"."""

    because: Because
    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    passed: timedelta = timedelta()
    "Working time that this part counts."
    nth: int = 0
    "Which working day, or date, of the limit this is."
    name: Name | None = None
    "The exception's name, a holiday's for example."
    limit: Limit | None = None


def why(reckoned: Reckoned) -> list[Part]:
    """All parts, in the order of time."""
    calendar, start, limit = reckoned.calendar, reckoned.start.astimezone(reckoned.calendar.zone), reckoned.limit
    parts = [Part(Because.RULE, start=start, limit=limit), *_counted(reckoned, start.date())]
    if reckoned.pauses and limit.unit == LimitUnit.CALENDAR_DAYS:
        parts.append(Part(Because.PAUSES_IGNORED))
    elif reckoned.pauses and limit.unit == LimitUnit.HOURS:
        parts += _stopped(reckoned)
    elif reckoned.pauses:
        parts += _paused(reckoned)
    last = calendar.moment(reckoned.at)
    years = range(start.year, last.year + 1)
    parts += [Part(Because.PROVISIONAL, day=date(year, 1, 1)) for year in years if calendar.is_provisional(date(year, 1, 1))]
    return [*parts, Part(Because.DUE, end=last)]


def _counted(reckoned: Reckoned, start: date) -> Iterator[Part]:
    calendar = reckoned.calendar
    match reckoned.limit.unit:
        case LimitUnit.WORKING_HOURS:
            yield from _passing(calendar, micros(reckoned.start), reckoned.unpaused, Because.COUNTED_TIME)
        case LimitUnit.WORKING_DAYS:
            yield Part(Because.START_DAY, day=start)
            yield from _working_days(calendar, start, int(reckoned.limit.amount))
        case LimitUnit.HOURS:
            whole = (micros(reckoned.start), reckoned.unpaused)
            yield _slice(calendar, Because.COUNTED_CLOCK, whole, whole[1] - whole[0])
        case LimitUnit.CALENDAR_DAYS:
            yield Part(Because.START_DAY, day=start)
            last = start + timedelta(days=int(reckoned.limit.amount))
            yield Part(Because.COUNTED_DATE, day=last, nth=int(reckoned.limit.amount), name=calendar.names.get(last))
            while not calendar.is_workday(last):
                yield Part(Because.CLOSED_END, day=last, name=calendar.names.get(last))
                last += ONE_DAY


def _stopped(reckoned: Reckoned) -> Iterator[Part]:
    """Hours by the clock: what each pause stopped, and the one stretch that is added."""
    calendar, end = reckoned.calendar, reckoned.at
    for stretch in reckoned.pauses:
        if stretch[0] < end:
            yield _slice(calendar, Because.CLOCK_PAUSE, stretch, min(stretch[1], end) - stretch[0])
    yield _slice(calendar, Because.CLOCK_WITHOUT_PAUSES, (micros(reckoned.start), reckoned.unpaused), reckoned.paused)
    if end > reckoned.unpaused:
        made_up = (reckoned.unpaused, end)
        yield _slice(calendar, Because.CLOCK_MADE_UP, made_up, end - reckoned.unpaused - _shared(made_up, reckoned.pauses))


def _working_days(calendar: WorkingCalendar, start: date, count: int) -> Iterator[Part]:
    """Day by day until the last one counted."""
    day, nth = start, 0
    while nth < count:
        day += ONE_DAY
        nth += calendar.is_workday(day)
        because = Because.COUNTED_DAY if calendar.is_workday(day) else Because.SKIPPED
        yield Part(because, day=day, nth=nth, name=calendar.names.get(day))


def _passing(
    calendar: WorkingCalendar, start: Micros, end: Micros, because: Because, pauses: tuple[Stretch, ...] = ()
) -> Iterator[Part]:
    """Every segment through which time passed, and every day between on which none did."""
    day, last = calendar.moment(start).date(), calendar.moment(end).date()
    while day <= last:
        if not calendar.is_workday(day):
            yield Part(Because.SKIPPED, day=day, name=calendar.names.get(day))
        for opens, closes in calendar.stretches_on(day):
            a, b = max(opens, start), min(closes, end)
            if a < b:
                passed = b - a - _shared((a, b), pauses)
                yield _slice(calendar, because, (a, b), passed)
        day += ONE_DAY


def _slice(calendar: WorkingCalendar, because: Because, stretch: Stretch, passed: Micros) -> Part:
    start, end = (calendar.moment(at) for at in stretch)
    return Part(because, day=start.date(), start=start, end=end, passed=timedelta(microseconds=passed))


def _shared(stretch: Stretch, pauses: tuple[Stretch, ...]) -> Micros:
    return sum(max(0, min(stretch[1], end) - max(stretch[0], start)) for start, end in pauses)


def _paused(reckoned: Reckoned) -> Iterator[Part]:
    """The pauses with what they stopped, then the working time that passes instead."""
    calendar, end = reckoned.calendar, reckoned.at
    for stretch in reckoned.pauses:
        if stretch[0] < end:
            stopped = sum(b - a for a, b in calendar.stretches_until(stretch[0], min(stretch[1], end)))
            yield _slice(calendar, Because.PAUSE, stretch, stopped)
    yield Part(Because.WITHOUT_PAUSES, end=calendar.moment(reckoned.unpaused), passed=timedelta(microseconds=reckoned.paused))
    if end > reckoned.unpaused:
        yield from _passing(calendar, reckoned.unpaused, end, Because.MADE_UP, reckoned.pauses)

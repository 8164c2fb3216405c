"""What the clock of an issue needs besides its due moment: time used, time left, and both in parts that can be said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liaison.workdays.calendar import SECOND, WorkingCalendar, micros
from liaison.workdays.limits import union_of


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch in which a clock ran; open where it is still running."""

    start: datetime
    end: datetime | None = None


def elapsed(calendar: WorkingCalendar, running: Iterable[Interval], now: datetime) -> timedelta:
    """Working time used up to now, always from the list: no counter that could go astray, and none counted twice."""
    until = micros(now)
    spans = [(each.start, now if each.end is None or each.end > now else each.end) for each in running if each.start < now]
    first = min((micros(start) for start, _end in spans), default=until)
    return timedelta(
        microseconds=sum(b - a for start, end in union_of(spans, first) for a, b in calendar.stretches_until(start, end))
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Whole working days, and the working time beside them."""

    days: int
    rest: timedelta

    @property
    def hours(self) -> int:
        """Whole hours of the rest."""
        return int(self.rest.total_seconds()) // 3600

    @property
    def minutes(self) -> int:
        """Minutes beyond the hours."""
        return int(self.rest.total_seconds()) // 60 % 60

    def __bool__(self) -> bool:
        return bool(self.days or self.rest)


def span_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> Span:
    """Working time from ``start`` to ``end``: days that lie wholly between them, and the rest."""
    first, last = micros(start), micros(end)
    if last <= first:
        return Span(0, timedelta())
    whole, rest = 0, 0
    for day in _dates(calendar.date_of(start), calendar.date_of(end)):
        stretches = calendar.stretches_on(day)
        inside = [(max(opens, first), min(closes, last)) for opens, closes in stretches if opens < last and closes > first]
        if stretches and tuple(inside) == stretches:
            whole += 1
        else:
            rest += sum(b - a for a, b in inside)
    return Span(whole, timedelta(seconds=rest // SECOND))


def _dates(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))

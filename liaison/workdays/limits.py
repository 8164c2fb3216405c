"""When a limit ends (Civil Code arts. 200–204; docs/working-calendar.md). Pure: a calendar in, a moment out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from liaison.workdays.calendar import SECOND, Micros, Stretch, WorkingCalendar, micros, round_the_clock
from liaison.workdays.errors import CalendarError


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    HOURS = "h"


IN_HOURS: Final = frozenset({LimitUnit.WORKING_HOURS, LimitUnit.HOURS})
MOST: Final = {
    LimitUnit.WORKING_HOURS: 100_000,
    LimitUnit.WORKING_DAYS: 36_500,
    LimitUnit.CALENDAR_DAYS: 36_500,
    LimitUnit.HOURS: 100_000,
}
"Beyond a hundred years a limit is a slip of the pen."
Pause = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many working hours, working days, calendar days or hours by the clock."""

    amount: int | Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int | Decimal) or Decimal(self.amount).is_nan():
            raise CalendarError("not_whole")
        if self.amount <= 0:
            raise CalendarError("not_positive")
        if self.amount > MOST[self.unit]:
            raise CalendarError("too_long", most=f"{MOST[self.unit]} {self.unit}")
        parts = self.amount * 3600 if self.unit in IN_HOURS else self.amount
        if parts != int(parts):
            raise CalendarError("not_whole")

    @classmethod
    def read(cls, amount: object, unit: object) -> "Limit":
        """A limit as another program writes it."""
        if unit not in set(LimitUnit):
            raise CalendarError("unit")
        if not isinstance(amount, int | Decimal):
            raise CalendarError("not_whole")
        return cls(amount, LimitUnit(str(unit)))

    @property
    def length(self) -> Micros:
        """Of a limit in hours: as microseconds."""
        return int(self.amount * 3600) * SECOND


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A due moment and what it was reckoned from; ``why`` (in explanations) tells the way."""

    calendar: WorkingCalendar
    "By which the unit is counted: for hours by the clock the one that is never closed."
    start: datetime
    limit: Limit
    pauses: tuple[Stretch, ...]
    "Their union, cut to what lies after the start."
    unpaused: Micros
    "When the limit would end without pauses."
    paused: Micros
    "Paused working time up to then, which has to pass again."
    at: Micros

    @property
    def due(self) -> datetime:
        """When it ends, in the calendar's zone."""
        return self.calendar.moment(self.at)


def due_at(calendar: WorkingCalendar, start: datetime, limit: Limit, pauses: Iterable[Pause] = ()) -> datetime:
    """When the limit ends."""
    return reckon(calendar, start, limit, pauses).due


def reckon(calendar: WorkingCalendar, start: datetime, limit: Limit, pauses: Iterable[Pause] = ()) -> Reckoned:
    """When the limit ends, with all that is needed to say why."""
    calendar, began = calendar_of(calendar, limit.unit), micros(start)
    stretches = tuple(union_of(pauses, began))
    end = _without_pauses(calendar, start, limit)
    paused = 0
    if stretches and limit.unit != LimitUnit.CALENDAR_DAYS:
        paused = working_within(calendar, stretches, end)
    at = pass_working_time(calendar, end, paused, stretches) if paused else end
    return Reckoned(calendar, start, limit, stretches, end, paused, at)


def calendar_of(calendar: WorkingCalendar, unit: LimitUnit) -> WorkingCalendar:
    """By which calendar a unit is counted: hours by the clock pass on the same wall day and night."""
    return round_the_clock(calendar.zone) if unit == LimitUnit.HOURS else calendar


def moved_by(calendar: WorkingCalendar, end: datetime, since: datetime, pauses: Iterable[Pause]) -> datetime:
    """A fixed end, an extension granted at ``since`` for example, after the pauses that lie after that moment."""
    stretches, fixed = tuple(union_of(pauses, micros(since))), micros(end)
    paused = working_within(calendar, stretches, fixed)
    return calendar.moment(pass_working_time(calendar, fixed, paused, stretches) if paused else fixed)


def share_at(calendar: WorkingCalendar, start: datetime, due: datetime, percent: int, pauses: Iterable[Pause] = ()) -> datetime:
    """The earliest moment by which ``percent`` of what counts between start and due has passed since the start.

    What counts is working time outside the pauses; where there is none, time by the clock outside them; else time by the clock.
    """
    began, ends, clock = micros(start), micros(due), round_the_clock(calendar.zone)
    stretches = tuple(union_of(pauses, began))
    for each, stopped in ((calendar, stretches), (clock, stretches), (clock, ())):
        total = sum(b - a for a, b in _outside(each.stretches_until(began, ends), stopped))
        if total > 1 and percent > 0:
            return calendar.moment(pass_working_time(each, began, -(-total * percent // 100), stopped))
    return calendar.moment(began)


def union_of(pauses: Iterable[Pause], began: Micros) -> Iterator[Stretch]:
    """Pauses in order, overlapping ones joined, cut to what lies after ``began``."""
    reached: Stretch | None = None
    for start, end in sorted(_pause(pause) for pause in pauses):
        if reached and start <= reached[1]:
            reached = (reached[0], max(reached[1], end))
            continue
        if reached:
            yield from _after(reached, began)
        reached = (start, end)
    if reached:
        yield from _after(reached, began)


def _after(pause: Stretch, began: Micros) -> Iterator[Stretch]:
    if max(pause[0], began) < pause[1]:
        yield max(pause[0], began), pause[1]


def _pause(pause: Pause) -> Stretch:
    start, end = micros(pause[0]), micros(pause[1])
    if end < start:
        raise CalendarError("reversed_pause", start=pause[0].isoformat(), end=pause[1].isoformat())
    return start, end


def _without_pauses(calendar: WorkingCalendar, start: datetime, limit: Limit) -> Micros:
    if limit.unit in IN_HOURS:
        return pass_working_time(calendar, micros(start), limit.length)
    return micros(calendar.end_of(last_day(calendar, calendar.date_of(start), limit)))


def last_day(calendar: WorkingCalendar, start: date, limit: Limit) -> date:
    """The date on which a limit in days ends; the start's own date never counts."""
    if limit.unit == LimitUnit.WORKING_DAYS:
        return calendar.workday_after(start, int(limit.amount))
    try:
        return calendar.next_workday(start + timedelta(days=int(limit.amount)))
    except OverflowError as error:
        raise CalendarError("too_far") from error


def working_within(calendar: WorkingCalendar, stretches: Sequence[Stretch], until: Micros) -> Micros:
    """Working time inside these stretches up to a moment."""
    return sum(b - a for start, end in stretches for a, b in calendar.stretches_until(start, min(end, until)))


def pass_working_time(calendar: WorkingCalendar, start: Micros, length: Micros, pauses: Sequence[Stretch] = ()) -> Micros:
    """The earliest moment by which ``length`` of working time outside the pauses has passed since ``start``.

    With pauses this is "the earliest t for which the working time since E equals the paused working time up to t": what is
    paused between E and t stands on both sides, so what is left must equal the pauses before E.
    """
    for opens, closes in _outside(calendar.stretches_from(start), pauses):
        if closes - opens >= length:
            return opens + length
        length -= closes - opens
    raise AssertionError("A calendar's working time has no end.")


def _outside(work: Iterator[Stretch], pauses: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches of work less the pauses; both are in order."""
    nth = 0
    for opens, closes in work:
        at = opens
        while nth < len(pauses) and pauses[nth][1] <= at:
            nth += 1
        each = nth
        while each < len(pauses) and pauses[each][0] < closes:
            if pauses[each][0] > at:
                yield at, pauses[each][0]
            at = max(at, pauses[each][1])
            each += 1
        if at < closes:
            yield at, closes

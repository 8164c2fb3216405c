"""A working calendar: which wall times of which dates are working time, and how much of it lies between two moments.

Inside, moments are whole microseconds of UTC: working time is time that really passes, also on days of 23 or 25 hours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from liaison.workdays.errors import CalendarError
from liaison.workdays.segments import DAY, Segment, Segments

Micros = int
Stretch = tuple[Micros, Micros]
SECOND: Final = 1_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_REMEMBERED_DAYS: Final = 20_000


class Name(NamedTuple):
    """What an exception is called, in both languages."""

    chinese: str
    english: str


def micros(moment: datetime) -> Micros:
    """A moment as microseconds of UTC."""
    if moment.tzinfo is None:
        raise CalendarError("no_zone", moment=moment.isoformat())
    return (moment - EPOCH) // _MICROSECOND


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Segments for each weekday, and dates on which others (or none) hold. Never changed: a change is another calendar."""

    zone: ZoneInfo
    week: tuple[Segments, ...]
    "Seven, from Monday."
    exceptions: Mapping[date, Segments] = field(default_factory=dict)
    names: Mapping[date, Name] = field(default_factory=dict)
    "Why a date is an exception: the holiday's name."
    published: frozenset[int] | None = None
    "Years whose holidays are known; nothing here is provisional when it is None."
    _days: dict[date, tuple[Stretch, ...]] = field(default_factory=dict, init=False, repr=False)
    _work_until: date = field(default=date.max, init=False, repr=False)
    "The last working day there is."

    def __post_init__(self) -> None:
        if len(self.week) != 7:  # noqa: PLR2004 - days of a week
            raise ValueError("A week has seven days.")
        if not any(self.week):
            last = max((day for day, segments in self.exceptions.items() if segments), default=date.min)
            object.__setattr__(self, "_work_until", last)

    def segments_on(self, day: date) -> Segments:
        """The segments of a date: the exception's, else the weekday's."""
        found = self.exceptions.get(day)
        return self.week[day.weekday()] if found is None else found

    def is_workday(self, day: date) -> bool:
        """Whether the date has at least one segment."""
        return bool(self.segments_on(day))

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of the date's year are not known yet."""
        return self.published is not None and day.year not in self.published

    def date_of(self, moment: datetime) -> date:
        """The date on the calendar's wall at that moment."""
        return self._local(moment).date()

    def start_of(self, day: date) -> datetime:
        """The start of the first segment of a working day."""
        return self.moment(self._wall(day, self.segments_on(day)[0].start))

    def end_of(self, day: date) -> datetime:
        """The end of the last segment of a working day."""
        return self.moment(self._wall(day, self.segments_on(day)[-1].end))

    def usual_end(self, day: date) -> datetime:
        """When offices close on a date; on a closed one, when they would have closed."""
        if self.is_workday(day):
            return self.end_of(day)
        usual = next(filter(None, self.week), (Segment(0, DAY),))
        return self.moment(self._wall(day, usual[-1].end))

    def next_workday(self, day: date) -> date:
        """The first working day from ``day`` on, the day itself included."""
        while not self.is_workday(day):
            self.expect_work(day)
            day = _next(day)
        return day

    def workday_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``."""
        for _nth in range(count):
            self.expect_work(day)
            day = self.next_workday(_next(day))
        return day

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time passes from ``start`` to ``end``; nothing when they are the other way round."""
        first, last = micros(start), micros(end)
        return timedelta(microseconds=sum(b - a for a, b in self.stretches_until(first, last)))

    def expect_work(self, day: date) -> None:
        """Refuse to search on where no working day can follow."""
        if day >= self._work_until:
            raise CalendarError("no_work" if not any(self.week) else "too_far", day=day)

    def without(self, *days: date) -> Self:
        """The same calendar with some more days closed."""
        exceptions = {**self.exceptions, **dict.fromkeys(days, ())}
        return type(self)(self.zone, self.week, exceptions, self.names, self.published)

    def moment(self, at: Micros) -> datetime:
        """Microseconds of UTC as a moment in the calendar's zone."""
        try:
            return (EPOCH + timedelta(microseconds=at)).astimezone(self.zone)
        except OverflowError as error:
            raise CalendarError("too_far") from error

    def stretches_from(self, start: Micros) -> Iterator[Stretch]:
        """Working time from a moment on, stretch by stretch, without an end where the calendar has none."""
        day = self._day_before(start)
        while True:
            for opens, closes in self.stretches_on(day):
                if closes > start:
                    yield max(opens, start), closes
            self.expect_work(day)
            day = _next(day)

    def stretches_until(self, start: Micros, end: Micros) -> Iterator[Stretch]:
        """Working time between two moments."""
        if end <= start:
            return
        day, last = self._day_before(start), self._local(self.moment(end)).date() + _ONE_DAY
        while day <= last:
            for opens, closes in self.stretches_on(day):
                if closes > start and opens < end:
                    yield max(opens, start), min(closes, end)
            day += _ONE_DAY

    def stretches_on(self, day: date) -> tuple[Stretch, ...]:
        """The working time of one date, in order."""
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= _REMEMBERED_DAYS:
                self._days.clear()
            found = self._days[day] = self._work_out(day)
        return found

    def _work_out(self, day: date) -> tuple[Stretch, ...]:
        """Clock changes may push segments into each other or into the next date: no moment counts twice."""
        segments = self.segments_on(day)
        if not segments:
            return ()
        reached, midnight = self._wall(day, 0), self._wall(day, DAY)
        stretches = []
        for segment in segments:
            opens, closes = max(self._wall(day, segment.start), reached), min(self._wall(day, segment.end), midnight)
            if opens < closes:
                stretches.append((opens, closes))
                reached = closes
        return tuple(stretches)

    def _wall(self, day: date, seconds: int) -> Micros:
        """When the wall clock shows this.

        As RFC 5545 3.3.5 has it: a repeated time is its first showing, a skipped one is read by the clock before the change;
        ``fold=0`` says both.
        """
        if seconds == DAY:
            day, seconds = _next(day), 0
        wall = datetime(day.year, day.month, day.day, seconds // 3600, seconds // 60 % 60, seconds % 60, tzinfo=self.zone)
        return round(wall.timestamp()) * SECOND

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise CalendarError("no_zone", moment=moment.isoformat())
        try:
            return moment.astimezone(self.zone)
        except OverflowError as error:
            raise CalendarError("too_far") from error

    def _day_before(self, at: Micros) -> date:
        """One earlier than the wall's date: where the clock changes at midnight a date may still be ending."""
        day = self.moment(at).date()
        return day - _ONE_DAY if day > date.min else day


@cache
def round_the_clock(zone: ZoneInfo) -> WorkingCalendar:
    """A calendar that is never closed: hours by the clock are its working hours."""
    return WorkingCalendar(zone, ((Segment(0, DAY),),) * 7)


def _next(day: date) -> date:
    try:
        return day + _ONE_DAY
    except OverflowError as error:
        raise CalendarError("too_far") from error

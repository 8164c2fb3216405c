"""A whole calendar as one edits it: hours of the week, exceptions with their names, published years. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from liaison.workdays.calendar import Name, WorkingCalendar
from liaison.workdays.errors import CalendarError
from liaison.workdays.segments import CLOSED, Segments
from liaison.workdays.statutory import OFFICE_HOURS, OFFICE_WEEK, ZONE, notices, published_years

EARLIEST: Final = 2000
LATEST: Final = 2100
"Years that a portal's calendar can speak of; beyond them a date is a slip of the pen."
NAMELESS: Final = Name("", "")


class Source(StrEnum):
    """Where an exception comes from."""

    PUBLISHED = "published"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A date with hours of its own, or none, and why."""

    segments: Segments
    name: Name = NAMELESS
    source: Source = Source.LOCAL


@dataclass(frozen=True)
class Draft:
    """What a version of the calendar says."""

    week: tuple[Segments, ...] = OFFICE_WEEK
    days: Mapping[date, Exceptional] = field(default_factory=dict)
    published: frozenset[int] = frozenset()
    zone: ZoneInfo = ZONE

    def with_week(self, week: tuple[Segments, ...]) -> Self:
        """The same exceptions on other weeks."""
        if not any(week):
            raise CalendarError("closed_week")
        return replace(self, week=week)

    def with_days(self, days: Collection[date], exception: Exceptional | None) -> Self:
        """Some dates changed; without an exception they are as their weekday says."""
        for day in days:
            check_year(day.year)
        kept = {day: each for day, each in self.days.items() if day not in days}
        return replace(self, days=kept | (dict.fromkeys(days, exception) if exception else {}))

    def with_published(self, year: int, named: Mapping[date, Exceptional]) -> Self:
        """A year as it was published; what was changed here stays as it is."""
        check_year(year)
        kept = {day: each for day, each in self.days.items() if day.year != year or each.source == Source.LOCAL}
        return replace(self, days={**named, **kept}, published=self.published | {year})

    def usual(self, day: date) -> Segments:
        """The hours that offices would keep on a date if it is open: its weekday's, else the first open weekday's."""
        return self.week[day.weekday()] or next(filter(None, self.week))

    def calendar(self) -> WorkingCalendar:
        """To reckon with."""
        exceptions = {day: each.segments for day, each in self.days.items()}
        names = {day: each.name for day, each in self.days.items() if each.name.chinese}
        return WorkingCalendar(self.zone, self.week, exceptions, names, self.published)


def check_year(year: int) -> None:
    """Refuse a year that nobody can mean."""
    if not EARLIEST <= year <= LATEST:
        raise CalendarError("year", year=year, first=EARLIEST, last=LATEST)


def noticed(year: int) -> dict[date, Exceptional]:
    """What the State Council's notice says of a year; empty where the library does not know it."""
    found = {day: each for day, each in notices().items() if day.year == year}
    return {day: Exceptional(_hours(works), name, Source.PUBLISHED) for day, (works, name) in found.items()}


def statutory_draft() -> Draft:
    """Office hours and all published years: the first version."""
    days = {day: each for year in sorted(published_years()) for day, each in noticed(year).items()}
    return Draft(days=days, published=published_years())


def _hours(works: bool) -> Segments:  # noqa: FBT001 - what the notice says of a date
    return OFFICE_HOURS if works else CLOSED

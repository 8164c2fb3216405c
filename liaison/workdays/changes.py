"""What one version of the calendar changes in the one before. Pure; also as data, to be kept with the version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from liaison.workdays.calendar import Name
from liaison.workdays.drafts import NAMELESS, Draft, Exceptional
from liaison.workdays.segments import Segments, segments_of
from liaison.workdays.stored import Pairs, pairs_of


@dataclass(frozen=True, slots=True)
class WeekdayChange:
    """Other hours on one weekday."""

    weekday: int
    old: Segments
    new: Segments


@dataclass(frozen=True, slots=True)
class DayChange:
    """One date, before and after; None is as the weekday says."""

    day: date
    old: Segments | None
    new: Segments | None
    name: Name


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two versions."""

    week: tuple[WeekdayChange, ...] = ()
    days: tuple[DayChange, ...] = ()
    years: tuple[int, ...] = ()
    "Published now and not before."

    def __bool__(self) -> bool:
        return bool(self.week or self.days or self.years)

    def dates(self) -> frozenset[date] | None:
        """Dates of which a clock may depend; None when it may be any, because the hours of the week are others.

        A year that is published now changes all its dates: what was provisional is so no more.
        """
        if self.week:
            return None
        return frozenset(each.day for each in self.days) | {day for year in self.years for day in dates_of(year)}

    def stored(self) -> dict[str, Any]:
        """As data."""
        return {
            "week": [[each.weekday, pairs_of(each.old), pairs_of(each.new)] for each in self.week],
            "days": [[each.day.isoformat(), _pairs(each.old), _pairs(each.new), *each.name] for each in self.days],
            "years": list(self.years),
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """As it was stored; the first version changes nothing."""
        return cls(
            tuple(WeekdayChange(nth, segments_of(old), segments_of(new)) for nth, old, new in stored.get("week", ())),
            tuple(
                DayChange(date.fromisoformat(day), _segments(old), _segments(new), Name(chinese, english))
                for day, old, new, chinese, english in stored.get("days", ())
            ),
            tuple(stored.get("years", ())),
        )


def changes_between(old: Draft, new: Draft) -> Changes:
    """What the new draft changes."""
    week = tuple(WeekdayChange(nth, a, b) for nth, (a, b) in enumerate(zip(old.week, new.week, strict=True)) if a != b)
    touched = sorted(day for day in {*old.days, *new.days} if old.days.get(day) != new.days.get(day))
    days = tuple(_day_change(day, old.days.get(day), new.days.get(day)) for day in touched)
    return Changes(week, days, tuple(sorted(new.published - old.published)))


def dates_of(year: int) -> list[date]:
    """All dates of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]


def _day_change(day: date, old: Exceptional | None, new: Exceptional | None) -> DayChange:
    named = new or old
    return DayChange(day, old.segments if old else None, new.segments if new else None, named.name if named else NAMELESS)


def _pairs(segments: Segments | None) -> Pairs | None:
    return None if segments is None else pairs_of(segments)


def _segments(pairs: Pairs | None) -> Segments | None:
    return None if pairs is None else segments_of(pairs)

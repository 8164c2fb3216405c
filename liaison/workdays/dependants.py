"""Who keeps moments that were reckoned by the calendar: asked what a new version would move, and told to move it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

from liaison.accounts.models import User
from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.models import CalendarVersion

EXAMPLES: Final = 20
"So many examples a preview shows."


@dataclass(frozen=True, slots=True)
class Example:
    """One moment that would move."""

    label: str
    title: str
    "What it is about, with its page; both empty where the reader may not see it."
    url: str
    old: datetime
    new: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """How many moments would move, and some of them."""

    moved: int = 0
    earlier: int = 0
    later: int = 0
    examples: list[Example] = field(default_factory=list)
    "At most EXAMPLES."


class Dependant(Protocol):
    """Keeps due moments. ``changed`` holds the dates that are others now; None: the hours of the week are, so any may be."""

    def preview(self, calendar: WorkingCalendar, changed: Collection[date] | None, reader: User) -> Preview:
        """What would move, in words for this reader; writes nothing."""

    def move(self, version: CalendarVersion, changed: Collection[date] | None, by: User | None, now: datetime) -> int:
        """Move what has to, inside the transaction that saves the version; how many moments moved."""


_dependants: list[Dependant] = []


def register(dependant: Dependant) -> None:
    """Ask and tell this one too; once, however often it registers."""
    if dependant not in _dependants:
        _dependants.append(dependant)


def forget(dependant: Dependant) -> None:
    """Ask and tell it no more."""
    _dependants.remove(dependant)


def preview_all(calendar: WorkingCalendar, changed: Collection[date] | None, reader: User) -> Preview:
    """What would move altogether."""
    found = [each.preview(calendar, changed, reader) for each in _dependants]
    return Preview(
        sum(each.moved for each in found),
        sum(each.earlier for each in found),
        sum(each.later for each in found),
        [example for each in found for example in each.examples][:EXAMPLES],
    )


def move_all(version: CalendarVersion, changed: Collection[date] | None, by: User | None, now: datetime) -> int:
    """Move everything that has to."""
    return sum(each.move(version, changed, by, now) for each in _dependants)

"""What a calendar file says of one occasion."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from events.calendars.texts import checked_address, checked_page

FIRST_YEAR: Final = 1992
"China had summer time until September 1991; the files know none."


class Status(StrEnum):
    """Whether the occasion takes place."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Person(NamedTuple):
    """Who invites or is invited."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One occasion as it is at the moment ``stamp`` of its last change. ``uid`` stays, ``sequence`` only grows."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    url: str
    organizer: Person
    stamp: datetime
    description: str = ""
    place: str = ""
    status: Status = Status.CONFIRMED
    attendee: Person | None = None
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(moment.utcoffset() is None for moment in (self.starts, self.ends, self.stamp)):
            raise ValueError("Moments have a time zone.")
        if not self.starts.year >= FIRST_YEAR or self.ends <= self.starts:
            raise ValueError("An occasion ends after it starts, and not before 1992.")
        if self.sequence < 0 or not self.uid.isascii() or not self.uid.isprintable() or not self.uid.strip():
            raise ValueError("An entry has a plain UID and a sequence from nought.")
        checked_page(self.url)
        for person in (self.organizer, self.attendee):
            if person is not None:
                checked_address(person.email)

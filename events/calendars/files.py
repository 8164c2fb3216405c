"""The files themselves: the same entries give the same bytes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vCategory, vDuration, vUri

from events.calendars.entry import Entry, Person, Status
from events.calendars.texts import Words, clean, one_line, without_personal_links

ZONE: Final = ZoneInfo("Asia/Shanghai")
PRODUCT: Final = "-//Liaison//Occasions 1//ZH"
TITLE, PLACE, NAME, CATEGORY, DESCRIPTION = 200, 200, 100, 50, 4000
"The longest texts; what is longer stands on the page."

IN_PARAMETERS: Final = str.maketrans({'"': "'", "\\": "/", "^": "＾"})
"Parameters have no way to write a quotation mark that every calendar reads."


class Method(StrEnum):
    """What the file wants of a calendar."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class MailPart(NamedTuple):
    """A part for ``EmailMultiAlternatives.attach_alternative(*part)``; Django itself adds ``charset=utf-8`` to the type."""

    content: str
    mimetype: str


def publish(entries: Iterable[Entry], name: str, refresh: timedelta) -> bytes:
    """Return a feed or download: nobody is asked, cancelled occasions stay as such so that readers take them off."""
    calendar = _calendar(Method.PUBLISH)
    called = Words(one_line(name, NAME))
    calendar.add("NAME", called, encode=False)
    calendar.add("X-WR-CALNAME", called, encode=False)
    calendar.add("X-WR-TIMEZONE", ZONE.key)
    calendar.add("REFRESH-INTERVAL", vDuration(refresh), {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(refresh), encode=False)
    for entry in sorted(entries, key=lambda entry: (entry.starts.astimezone(UTC), entry.uid)):
        calendar.add_component(_event(entry, entry.status))
    return _bytes(calendar)


def request(entry: Entry) -> bytes:
    """Return an invitation, or the news that it has changed: the attendee is named, or Outlook would not let them answer."""
    return _to_one(entry, Method.REQUEST, Status.CONFIRMED)


def cancel(entry: Entry) -> bytes:
    """Return a cancellation: for all when the occasion is off, for one whose place a substitute takes."""
    return _to_one(entry, Method.CANCEL, Status.CANCELLED)


def mail_part(method: Method, content: bytes) -> MailPart:
    """Return the file as a part of a mail, with the same method outside as inside."""
    if f"\r\nMETHOD:{method.value}\r\n".encode() not in content:
        raise ValueError("The part of the mail names the method of its file.")
    return MailPart(content.decode(), f"text/calendar; method={method.value}")


def content_type(method: Method) -> str:
    """Return the type for an answer over HTTP."""
    return f"text/calendar; method={method.value}; charset=utf-8"


def etag(content: bytes) -> str:
    """Return the mark by which a reader asks whether anything has changed."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def _to_one(entry: Entry, method: Method, status: Status) -> bytes:
    if entry.attendee is None:
        raise ValueError("Who is asked is named.")
    event = _event(entry, status)
    event.add("ATTENDEE", _asked(entry.attendee, method), encode=False)
    calendar = _calendar(method)
    calendar.add_component(event)
    return _bytes(calendar)


def _bytes(calendar: Calendar) -> bytes:
    content: bytes = calendar.to_ical()
    return content


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    calendar.add_component(_zone())
    return calendar


def _zone() -> Timezone:
    """Beijing time under its IANA name, in one block without history: Outlook misreads old summer times."""
    standard = TimezoneStandard()
    standard.add("TZNAME", "CST")
    standard.add("DTSTART", datetime(1992, 1, 1))  # noqa: DTZ001 - local by definition
    standard.add("TZOFFSETFROM", timedelta(hours=8))
    standard.add("TZOFFSETTO", timedelta(hours=8))
    zone = Timezone()
    zone.add("TZID", ZONE.key)
    zone.add_component(standard)
    return zone


def _event(entry: Entry, status: Status) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamp)
    event.add("LAST-MODIFIED", entry.stamp)
    event.add("DTSTART", entry.starts.astimezone(ZONE))
    event.add("DTEND", entry.ends.astimezone(ZONE))
    event.add("STATUS", status.value)
    event.add("TRANSP", "TRANSPARENT" if status == Status.CANCELLED else "OPAQUE")
    event.add("SUMMARY", _words(entry, one_line(entry.summary, TITLE)), encode=False)
    event.add("DESCRIPTION", _description(entry), encode=False)
    event.add("URL", vUri(entry.url), encode=False)
    event.add("ORGANIZER", _person(entry.organizer), encode=False)
    if entry.place.strip():
        event.add("LOCATION", _words(entry, one_line(entry.place, PLACE)), encode=False)
    if entry.categories:
        event.add("CATEGORIES", _categories(entry.categories), encode=False)
    return event


def _words(entry: Entry, text: str) -> Words:
    return Words(without_personal_links(text, entry.url))


def _description(entry: Entry) -> Words:
    """With the page's address below: many calendars do not show URL, and some gateways take the whole file away."""
    text = without_personal_links(clean(entry.description, DESCRIPTION), entry.url)
    return Words(f"{text}\n\n{entry.url}" if text else entry.url)


def _categories(categories: Iterable[str]) -> vCategory:
    listed = vCategory([])
    listed.cats = [Words(one_line(category, CATEGORY)) for category in categories]
    return listed


def _person(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    name = one_line(person.name, NAME).translate(IN_PARAMETERS)
    if name:
        address.params["CN"] = name
    return address


def _asked(person: Person, method: Method) -> vCalAddress:
    address = _person(person)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    if method == Method.REQUEST:
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "TRUE"
    return address

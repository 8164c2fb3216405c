"""Questions of other programs, one JSON object a line, and their answers (``manage.py due``)."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.errors import CalendarError
from liaison.workdays.explanations import why
from liaison.workdays.limits import Limit, Pause, reckon
from liaison.workdays.segments import Segments, segments_of
from liaison.workdays.words import mistake, sentences

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KNOWN: Final = 32
_known: dict[tuple[str, WorkingCalendar], WorkingCalendar] = {}
"Calendars of the last questions."


class UnreadableError(ValueError):
    """A question that does not say what it must; the text is the sentence for the person who asked."""


def answer(line: bytes, portal: WorkingCalendar) -> dict[str, Any]:
    """The due moment and why, or what is wrong with the question."""
    try:
        question = json.loads(line.decode(), parse_float=Decimal, parse_constant=Decimal)
    except (RecursionError, ValueError) as error:
        return {"id": None, "error": f"This line is not JSON: {error}."}
    if not isinstance(question, dict):
        return {"id": None, "error": 'A line must be one object such as {"id": 1, "start": …}.'}
    name = question.get("id")
    try:
        reckoned = reckon(*_read(question, portal))
        return {"id": name, "due": reckoned.due.isoformat(), "why": sentences(why(reckoned))}
    except CalendarError as error:
        return {"id": name, "error": mistake(error)}
    except UnreadableError as error:
        return {"id": name, "error": str(error)}


def _read(question: Mapping[str, Any], portal: WorkingCalendar) -> tuple[WorkingCalendar, datetime, Limit, list[Pause]]:
    missing = [key for key in ("start", "amount", "unit") if question.get(key) is None]
    if missing:
        raise UnreadableError(f"{' and '.join(missing)} must be given.")
    if not isinstance(question["unit"], str):
        raise CalendarError("unit")
    start, limit = _moment(question["start"], "start"), Limit.read(question["amount"], question["unit"])
    pauses = question.get("pauses") or []
    if not isinstance(pauses, list):
        raise UnreadableError("pauses must be a list of pairs [start, end].")
    return _calendar(question, portal), start, limit, [_pause(pair) for pair in pauses]


def _pause(pair: object) -> Pause:
    if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - a pair
        raise UnreadableError("A pause must be a pair [start, end].")
    return _moment(pair[0], "The start of a pause"), _moment(pair[1], "The end of a pause")


def _moment(text: object, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise UnreadableError(
            f"{what} must be a moment such as 2026-10-01T09:00:00+08:00, not {json.dumps(text, default=str)[:60]}."
        )
    if moment.tzinfo is None:
        raise CalendarError("no_zone", moment=text)
    return moment


def _calendar(question: Mapping[str, Any], portal: WorkingCalendar) -> WorkingCalendar:
    """What the question leaves out is the portal's; questions in a row often share their calendar, which is then read once."""
    own = {key: question[key] for key in ("zone", "segments", "exceptions") if question.get(key) is not None}
    if not own:
        return portal
    key = (repr(own), portal)
    if (found := _known.get(key)) is None:
        if len(_known) >= KNOWN:
            _known.clear()
        found = _known[key] = _read_calendar(own, portal)
    return found


def _read_calendar(given: Mapping[str, Any], portal: WorkingCalendar) -> WorkingCalendar:
    zone = _zone(given["zone"]) if "zone" in given else portal.zone
    week = _week(given["segments"]) if "segments" in given else portal.week
    if "exceptions" in given:
        return WorkingCalendar(zone, week, _exceptions(given["exceptions"]))
    return WorkingCalendar(zone, week, portal.exceptions, portal.names, portal.published)


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (LookupError, OSError, ValueError):
        raise UnreadableError(f"There is no zone {json.dumps(name)[:60]}; write it as Asia/Shanghai.") from None


def _week(segments: object) -> tuple[Segments, ...]:
    if not isinstance(segments, dict) or not set(segments) <= set(WEEKDAYS):
        raise UnreadableError(f"segments must be an object with the keys {', '.join(WEEKDAYS)}.")
    return tuple(_segments(segments.get(day, []), day) for day in WEEKDAYS)


def _exceptions(exceptions: object) -> dict[date, Segments]:
    if not isinstance(exceptions, dict):
        raise UnreadableError('exceptions must be an object such as {"2026-10-01": []}.')
    return {_date(day): _segments(pairs, day) for day, pairs in exceptions.items()}


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"{json.dumps(text)[:60]} is no date; write it as 2026-10-01.") from None


def _segments(pairs: object, day: str) -> Segments:
    if not isinstance(pairs, list):
        raise UnreadableError(f'The segments of {day} must be a list such as [["09:00", "12:00"]].')
    return segments_of(pairs)

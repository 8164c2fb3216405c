"""Hours and lists of days as people type or paste them."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from liaison.workdays.calendar import Name
from liaison.workdays.drafts import Draft, Exceptional, Source
from liaison.workdays.errors import CalendarError
from liaison.workdays.segments import CLOSED, Segments, segments_of

MOST_LINES: Final = 400
NAME_LENGTH: Final = 80
CLOSED_WORDS: Final = frozenset({"closed", "休", "休息", "放假", "休假"})
OPEN_WORDS: Final = frozenset({"open", "work", "班", "上班"})
"Open as usual on such a day."
HEADS: Final = frozenset({"date", "日期"})
_BETWEEN: Final = re.compile(r"[\s,;、，；]+")
_DASH: Final = re.compile(r"\s*(?:[-–—~～至到]|to)\s*")


def typed_segments(text: str) -> Segments:
    """09:00-12:00, 13:30-17:30; nothing, or a word for it, is closed."""
    text = text.replace("：", ":").strip()
    if not text or text.lower() in CLOSED_WORDS:
        return CLOSED
    return segments_of(each.split("-") for each in filter(None, _BETWEEN.split(_DASH.sub("-", text))))


def listed_days(text: str, year: int, draft: Draft) -> dict[date, Exceptional]:
    """A published year as a list: date, hours or a word, name in Chinese, name in English; one date a line."""
    found: dict[date, Exceptional] = {}
    for nth, row in _rows(text):
        day = _day(nth, row[0], year)
        if day in found:
            raise CalendarError("twice", line=nth, day=day)
        found[day] = Exceptional(_hours(nth, row, day, draft), _name(row), Source.PUBLISHED)
    if not found:
        raise CalendarError("no_days")
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(text.lstrip("\ufeff").replace("，", ",").splitlines())]
    except csv.Error as error:
        raise CalendarError("no_days") from error
    if len(rows) > MOST_LINES:
        raise CalendarError("too_many_lines", most=MOST_LINES)
    for nth, row in enumerate(rows, 1):
        if any(row) and row[0].lower() not in HEADS:
            yield nth, row


def _day(nth: int, text: str, year: int) -> date:
    try:
        day = date(*map(int, re.split(r"[-/.]", text))) if re.fullmatch(r"[0-9]{4}([-/.][0-9]{1,2}){2}", text) else None
    except ValueError:
        day = None
    if day is None:
        raise CalendarError("bad_day", line=nth, text=text[:40])
    if day.year != year:
        raise CalendarError("other_year", line=nth, day=day, year=year)
    return day


def _hours(nth: int, row: list[str], day: date, draft: Draft) -> Segments:
    text = row[1] if len(row) > 1 else ""
    if not text:
        raise CalendarError("no_hours", line=nth)
    if text.lower() in OPEN_WORDS:
        return draft.usual(day)
    try:
        return typed_segments(text)
    except CalendarError as error:
        raise CalendarError("bad_line", line=nth, error=error) from error


def _name(row: list[str]) -> Name:
    chinese, english = (row[nth][:NAME_LENGTH] if len(row) > nth else "" for nth in (2, 3))
    return Name(chinese, english or chinese)

"""Days, hours and changes of the calendar in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext, pgettext

from liaison.ui.moments import CHINESE_DAYS, ENGLISH_DAYS, ENGLISH_MONTHS, words_of
from liaison.workdays.calendar import Name
from liaison.workdays.changes import Changes
from liaison.workdays.segments import Segments
from liaison.workdays.sheet import Cell, Kind, Run


def month_words(first: date) -> str:
    """2026年10月, Oct 2026."""
    return f"{ENGLISH_MONTHS[first.month - 1]} {first.year}" if get_language() == "en" else f"{first.year}年{first.month}月"


def weekday_words(nth: int) -> str:
    """一, Mon."""
    return (ENGLISH_DAYS if get_language() == "en" else CHINESE_DAYS)[nth]


def name_words(name: Name | None) -> str:
    """The name in the reader's language."""
    if name is None:
        return ""
    return name.english if get_language() == "en" else name.chinese


def hours_words(segments: Segments | None) -> str:
    """Closed, the hours, or what the weekday says."""
    if segments is None:
        return gettext("as its weekday")
    return ", ".join(map(str, segments)) if segments else pgettext("a day", "closed")


def mark_words(kind: Kind) -> str:
    """One or a few letters under a date."""
    return {
        Kind.WORKING: "",
        Kind.REST: pgettext("mark of a day", "off"),
        Kind.HOLIDAY: pgettext("mark of a day", "hol"),
        Kind.MADE_UP: pgettext("mark of a day", "work"),
        Kind.OTHER: pgettext("mark of a day", "part"),
    }[kind]


def kind_words(cell: Cell) -> str:
    """What a date is, in full."""
    words = {
        Kind.WORKING: gettext("working day"),
        Kind.REST: gettext("day of rest"),
        Kind.HOLIDAY: gettext("holiday, closed"),
        Kind.MADE_UP: gettext("make-up day, open"),
        Kind.OTHER: gettext("other hours"),
    }[cell.kind]
    name = name_words(cell.name)
    return gettext("%(kind)s: %(name)s") % {"kind": words, "name": name} if name else words


def run_words(run: Run) -> tuple[str, str]:
    """Days in a row, and what they are, with the hours of those that are open."""
    words = kind_words(run.first)
    if run.first.segments:
        words = gettext("%(kind)s (%(hours)s)") % {"kind": words, "hours": hours_words(run.first.segments)}
    return _range(run.first.day, run.last.day), words


def change_rows(changes: Changes) -> Iterator[tuple[str, str, str]]:
    """What changes: where, from, to."""
    for year in changes.years:
        yield gettext("Year %(year)d") % {"year": year}, gettext("provisional"), gettext("published")
    for week in changes.week:
        yield str(WEEKDAYS[week.weekday]), hours_words(week.old), hours_words(week.new)
    for each in changes.days:
        name = name_words(each.name)
        day = words_of(each.day, "day")
        yield (
            gettext("%(day)s (%(name)s)") % {"day": day, "name": name} if name else day,
            hours_words(each.old),
            hours_words(each.new),
        )


def _range(first: date, last: date) -> str:
    """10月1日至7日 within a month."""
    if get_language() == "en":
        month = ENGLISH_MONTHS[first.month - 1]
        return f"{first.day} {month}" if first == last else f"{first.day}–{last.day} {month}"
    return f"{first.month}月{first.day}日" + ("" if first == last else f"至{last.day}日")

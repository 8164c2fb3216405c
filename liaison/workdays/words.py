"""An explanation, a mistake and a time left, in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as in_language

from liaison.ui.moments import words_of
from liaison.workdays.errors import CalendarError
from liaison.workdays.explanations import Because, Part
from liaison.workdays.intervals import Span
from liaison.workdays.limits import Limit, LimitUnit


def mistake(error: CalendarError) -> str:
    """The error's sentence in the reader's language."""
    values = {name: mistake(value) if isinstance(value, CalendarError) else value for name, value in error.values.items()}
    return in_language(error.sentence) % values


def limit_words(limit: Limit) -> str:
    """How long a limit is."""
    amount = limit.amount
    count = int(amount) if amount == int(amount) else 2
    match limit.unit:
        case LimitUnit.WORKING_HOURS:
            return ngettext("%(amount)s working hour", "%(amount)s working hours", count) % {"amount": _plain(amount)}
        case LimitUnit.HOURS:
            return ngettext("%(amount)s hour by the clock", "%(amount)s hours by the clock", count) % {"amount": _plain(amount)}
        case LimitUnit.WORKING_DAYS:
            return ngettext("%(days)d working day", "%(days)d working days", count) % {"days": count}
        case LimitUnit.CALENDAR_DAYS:
            return ngettext("%(days)d calendar day", "%(days)d calendar days", count) % {"days": count}


def _plain(amount: int | Decimal) -> str:
    return f"{Decimal(amount).normalize():f}"


def length_words(length: timedelta) -> str:
    """Hours and minutes, and seconds where there are some."""
    total = int(length.total_seconds())
    hours, minutes, seconds = total // 3600, total // 60 % 60, total % 60
    parts = []
    if hours:
        parts.append(ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours})
    if minutes or not total:
        parts.append(ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes})
    if seconds:
        parts.append(ngettext("%(seconds)d second", "%(seconds)d seconds", seconds) % {"seconds": seconds})
    return " ".join(parts)


def time_left(span: Span) -> str:
    """剩 2 个工作日 3 小时; minutes only where there is no whole day."""
    days = [ngettext("%(days)d working day", "%(days)d working days", span.days) % {"days": span.days}] if span.days else []
    rest = timedelta(hours=span.hours) if days else timedelta(hours=span.hours, minutes=span.minutes)
    words = [*days, *([length_words(rest)] if rest or not days else [])]
    return gettext("%(time)s left") % {"time": " ".join(words)}


def sentences(parts: list[Part]) -> list[str]:
    """The whole explanation, a sentence for each part."""
    return [SAID[part.because](part) for part in parts]


def moment_words(moment: datetime | None) -> str:
    """A moment by the calendar's own clock; seconds where there are some."""
    if moment is None:
        return ""
    return words_of(moment.replace(tzinfo=None)) + (f":{moment:%S}" if moment.second else "")


def _day(part: Part) -> str:
    day = words_of(part.day or date.min, "day")
    if part.name is None:
        return day
    name = part.name.english if get_language() == "en" else part.name.chinese
    return gettext("%(day)s (%(name)s)") % {"day": day, "name": name}


def _rule(part: Part) -> str:
    assert part.limit is not None
    values = {"limit": limit_words(part.limit), "start": moment_words(part.start)}
    match part.limit.unit:
        case LimitUnit.WORKING_HOURS:
            return gettext("The limit is %(limit)s from %(start)s: it ends as soon as so much working time has passed.") % values
        case LimitUnit.WORKING_DAYS:
            return gettext("The limit is %(limit)s from %(start)s: it ends when the last of these working days ends.") % values
        case LimitUnit.HOURS:
            return gettext("The limit is %(limit)s from %(start)s: day and night count, holidays too.") % values
        case LimitUnit.CALENDAR_DAYS:
            return gettext("The limit is %(limit)s from %(start)s: it ends with its last day, or the next working day.") % values


def _start_day(part: Part) -> str:
    return gettext("%(day)s, the day of the start, does not count.") % {"day": _day(part)}


def _counted_day(part: Part) -> str:
    return gettext("%(day)s is working day %(nth)d.") % {"day": _day(part), "nth": part.nth}


def _counted_date(part: Part) -> str:
    return gettext("%(day)s is day %(nth)d.") % {"day": _day(part), "nth": part.nth}


def _skipped(part: Part) -> str:
    return gettext("%(day)s is not a working day and is skipped.") % {"day": _day(part)}


def _closed_end(part: Part) -> str:
    return gettext("%(day)s is not a working day: the limit goes on to the next day.") % {"day": _day(part)}


def _times(part: Part) -> dict[str, str]:
    return {"start": moment_words(part.start), "end": moment_words(part.end), "time": length_words(part.passed)}


def _counted_time(part: Part) -> str:
    return gettext("%(start)s to %(end)s: %(time)s of working time.") % _times(part)


def _counted_clock(part: Part) -> str:
    return gettext("%(start)s to %(end)s: %(time)s by the clock.") % _times(part)


def _clock_pause(part: Part) -> str:
    return gettext("Paused from %(start)s to %(end)s: %(time)s did not count.") % _times(part)


def _clock_without_pauses(part: Part) -> str:
    return gettext("Without pauses it would end at %(end)s; until then it was paused for %(time)s.") % _times(part)


def _clock_made_up(part: Part) -> str:
    return gettext("%(start)s to %(end)s: %(time)s of the pause is made up for.") % _times(part)


def _made_up(part: Part) -> str:
    return gettext("%(start)s to %(end)s: %(time)s of the paused working time is made up for.") % _times(part)


def _pause(part: Part) -> str:
    return gettext("Paused from %(start)s to %(end)s: %(time)s of working time did not count.") % _times(part)


def _pauses_ignored(_part: Part) -> str:
    return gettext("A limit in calendar days is not moved by pauses.")


def _without_pauses(part: Part) -> str:
    words = gettext("Without pauses it would end at %(end)s; until then %(time)s of working time was paused.")
    return words % _times(part)


def _provisional(part: Part) -> str:
    year = part.day.year if part.day else 0
    return gettext("The holidays of %(year)d are not published yet: the date is provisional.") % {"year": year}


def _due(part: Part) -> str:
    return gettext("It ends at %(end)s.") % {"end": moment_words(part.end)}


SAID: Final[dict[Because, Callable[[Part], str]]] = {
    Because.RULE: _rule,
    Because.START_DAY: _start_day,
    Because.COUNTED_DAY: _counted_day,
    Because.COUNTED_TIME: _counted_time,
    Because.COUNTED_DATE: _counted_date,
    Because.SKIPPED: _skipped,
    Because.CLOSED_END: _closed_end,
    Because.PAUSE: _pause,
    Because.PAUSES_IGNORED: _pauses_ignored,
    Because.WITHOUT_PAUSES: _without_pauses,
    Because.MADE_UP: _made_up,
    Because.COUNTED_CLOCK: _counted_clock,
    Because.CLOCK_PAUSE: _clock_pause,
    Because.CLOCK_WITHOUT_PAUSES: _clock_without_pauses,
    Because.CLOCK_MADE_UP: _clock_made_up,
    Because.PROVISIONAL: _provisional,
    Because.DUE: _due,
}

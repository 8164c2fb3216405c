"""How a moment or a day is written, in both languages."""

from datetime import date, datetime
from typing import Final, Literal

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from liaison.moments import clock

Form = Literal["full", "short", "list", "day"]
CHINESE_DAYS: Final = "一二三四五六日"
ENGLISH_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def words_of(moment: date, form: Form = "full") -> str:
    """Write 2026年11月24日(周二) 17:30, short 11月24日 17:30, in lists 11-24 17:30; with the year when it is not this one."""
    moment = local(moment)
    hours = f" {moment:%H:%M}" if isinstance(moment, datetime) and form != "day" else ""
    if form == "list":
        year = "" if moment.year == clock.today().year else f"{moment.year}-"
        return f"{year}{moment:%m-%d}{hours}"
    english = get_language() == "en"
    if form == "short" and moment.year == clock.today().year:
        day = f"{moment.day} {ENGLISH_MONTHS[moment.month - 1]}" if english else f"{moment.month}月{moment.day}日"
        return day + hours
    if english:
        day = f"{ENGLISH_DAYS[moment.weekday()]} {moment.day} {ENGLISH_MONTHS[moment.month - 1]} {moment.year}"
        return f"{day},{hours}" if hours else day
    return f"{moment.year}年{moment.month}月{moment.day}日(周{CHINESE_DAYS[moment.weekday()]}){hours}"


words_when_shown: Final = lazy(words_of, str)
"The same where the words may never be shown: a line of a list of thousands has no room for them."


def local(moment: date) -> date:
    """Put an aware datetime into the portal's zone; days stay as they are."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment

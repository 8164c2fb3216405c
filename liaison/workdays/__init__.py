"""Working days of the Chinese calendar, make-up days included (State Council notices, through chinesecalendar).

Arithmetic is on dates, never on seconds. A year that is not published yet counts weekdays and is provisional.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE: Final = ZoneInfo("Asia/Shanghai")
DAY_ENDS: Final = time(17, 30)
SATURDAY: Final = 5


def is_provisional(day: date) -> bool:
    """Whether the State Council's notice for the day's year is not known yet."""
    return day.year not in range(2004, chinese_calendar.constants.holidays and max(chinese_calendar.constants.holidays).year + 1)


def is_workday(day: date) -> bool:
    """Whether offices work on ``day``."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def add_workdays(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (the day itself never counts; Civil Code art. 201)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def end_of(day: date) -> datetime:
    """When the working day ends."""
    return datetime.combine(day, DAY_ENDS, ZONE)


def due_after(start: datetime, workdays: int) -> datetime:
    """The end of the ``workdays``-th working day after the date of ``start``."""
    return end_of(add_workdays(start.astimezone(ZONE).date(), workdays))

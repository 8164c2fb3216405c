"""The State Council's notices, through chinesecalendar: holidays and make-up working days of the published years."""

from datetime import date
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from chinese_calendar.constants import Holiday, holidays, workdays

from liaison.workdays.calendar import Name, WorkingCalendar
from liaison.workdays.segments import CLOSED, Segments, segments_of

ZONE: Final = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS: Final[Segments] = segments_of([("09:00", "12:00"), ("13:30", "17:30")])
OFFICE_WEEK: Final = (OFFICE_HOURS,) * 5 + (CLOSED,) * 2
SOURCE: Final = "国务院办公厅"


def published_years() -> frozenset[int]:
    """Years whose notice the library knows."""
    return frozenset(day.year for day in holidays)


@cache
def notices() -> dict[date, tuple[bool, Name]]:
    """Each date that a notice names: whether offices work on it, and the holiday that it belongs to."""
    closed = {day: (False, Name(Holiday(text).chinese, text)) for day, text in holidays.items()}
    made_up = {day: (True, Name(f"{Holiday(text).chinese}调休", f"make-up day for {text}")) for day, text in workdays.items()}
    return dict(sorted({**closed, **made_up}.items()))


@cache
def statutory_calendar() -> WorkingCalendar:
    """Office hours and the State Council's days: what holds before anybody has changed anything."""
    days = notices()
    exceptions = {day: OFFICE_HOURS if works else CLOSED for day, (works, _name) in days.items()}
    return WorkingCalendar(ZONE, OFFICE_WEEK, exceptions, {day: name for day, (_, name) in days.items()}, published_years())

"""The working calendar: pure arithmetic (``calendar``, ``limits``, ``explanations``, ``intervals``) and the portal's own hours.

The functions here reckon by the portal's calendar. Arithmetic is on dates and on time that really passes, never on 24 hours.
"""

from datetime import date, datetime, timedelta

from liaison.workdays import portal
from liaison.workdays.limits import Limit, LimitUnit, due_at
from liaison.workdays.statutory import ZONE

__all__ = ["ZONE", "add_workdays", "due_after", "end_of", "is_provisional", "is_workday", "workdays_between"]


def is_provisional(day: date) -> bool:
    """Whether the State Council's notice for the day's year is not known yet."""
    return portal.calendar().is_provisional(day)


def is_workday(day: date) -> bool:
    """Whether offices work on ``day``."""
    return portal.calendar().is_workday(day)


def add_workdays(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (the day itself never counts; Civil Code art. 201)."""
    return portal.calendar().workday_after(day, count)


def workdays_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``."""
    calendar = portal.calendar()
    return sum(calendar.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def end_of(day: date) -> datetime:
    """When the working day ends; a closed day, when offices would have closed."""
    return portal.calendar().usual_end(day)


def due_after(start: datetime, workdays: int) -> datetime:
    """The end of the ``workdays``-th working day after the date of ``start``."""
    return due_at(portal.calendar(), start, Limit(workdays, LimitUnit.WORKING_DAYS))

"""The portal's own calendar."""

from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.statutory import statutory_calendar


def calendar() -> WorkingCalendar:
    """The calendar in force."""
    return statutory_calendar()


def version() -> int:
    """The number of the calendar's version in force."""
    return 1

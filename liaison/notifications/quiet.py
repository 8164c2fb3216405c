"""When offices are closed nothing but urgent messages goes out; the inbox never waits."""

from datetime import datetime, timedelta

from django.conf import settings

from liaison.workdays import portal


def opening(at: datetime) -> datetime:
    """From when on a message of ``at`` may go: at once from the day's first hour to its last, noon included."""
    calendar = portal.calendar()
    day = calendar.date_of(at)
    in_time = calendar.is_workday(day) and calendar.start_of(day) <= at < calendar.end_of(day)
    return at if in_time or not settings.QUIET_HOURS else morning_after(at)


def morning_after(at: datetime) -> datetime:
    """The next time that offices open."""
    calendar = portal.calendar()
    day = calendar.next_workday(calendar.date_of(at))
    if calendar.start_of(day) <= at:
        day = calendar.next_workday(day + timedelta(days=1))
    return calendar.start_of(day)

"""When offices are closed nothing but urgent messages goes out; the inbox never waits.

Offices keep portal time; the moments that come in and go out here are machine time, like all times of deliveries.
"""

from datetime import datetime, timedelta

from django.conf import settings

from liaison.moments import clock
from liaison.workdays import portal


def opening(at: datetime) -> datetime:
    """From when on a message of ``at`` may go: at once from the day's first hour to its last, noon included."""
    calendar, local = portal.calendar(), clock.to_portal(at)
    day = calendar.date_of(local)
    in_time = calendar.is_workday(day) and calendar.start_of(day) <= local < calendar.end_of(day)
    return at if in_time or not settings.QUIET_HOURS else morning_after(at)


def morning_after(at: datetime) -> datetime:
    """The next time that offices open."""
    calendar, local = portal.calendar(), clock.to_portal(at)
    day = calendar.next_workday(calendar.date_of(local))
    if calendar.start_of(day) <= local:
        day = calendar.next_workday(day + timedelta(days=1))
    return clock.to_machine(calendar.start_of(day))

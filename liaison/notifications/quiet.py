"""When offices are closed nothing but urgent messages goes out; the inbox never waits.

Offices keep portal time; the moments that come in and go out here are machine time, like all times of deliveries.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings

from liaison.moments import clock
from liaison.workdays import DAY_ENDS, ZONE, is_workday

DAY_BEGINS: Final = time(9)


def opening(at: datetime) -> datetime:
    """From when on a message of ``at`` may go: at once in working time."""
    local = clock.to_portal(at).astimezone(ZONE)
    in_time = is_workday(local.date()) and DAY_BEGINS <= local.time() < DAY_ENDS
    return at if in_time or not settings.QUIET_HOURS else morning_after(at)


def morning_after(at: datetime) -> datetime:
    """The next time that offices open."""
    local = clock.to_portal(at).astimezone(ZONE)
    day = local.date() + timedelta(days=local.time() >= DAY_BEGINS)
    while not is_workday(day):
        day += timedelta(days=1)
    return clock.to_machine(datetime.combine(day, DAY_BEGINS, ZONE))

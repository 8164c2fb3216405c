"""Two times: portal time, in which the district lives, and machine time, in which mail is sent and sessions end.

They differ only in a demonstration whose clock was moved. Whatever people read, count or owe is portal time; what is compared
with the clock of the machine or of the database – leases, retries, budgets, sessions, locks – is machine time.
"""

import time
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from liaison.moments.models import MovedClock

REMEMBERED: Final = 1.0
"Seconds: the row is read at most so often by one process."
NOT_MOVED: Final = timedelta()
_known: tuple[float, timedelta] | None = None


def now() -> datetime:
    """The moment in the district."""
    return timezone.now() + moved_by()


def today() -> date:
    """The date in the district."""
    return timezone.localdate(now())


def to_machine(moment: datetime) -> datetime:
    """When the machine's clock shows what the portal's clock shows at ``moment``."""
    return moment - moved_by()


def to_portal(moment: datetime) -> datetime:
    """What the portal's clock shows at a moment of the machine's."""
    return moment + moved_by()


def moved_by() -> timedelta:
    """How far portal time is ahead; nothing outside a demonstration, and then nothing is read either."""
    if not settings.MOVABLE_CLOCK:
        return NOT_MOVED
    known = _known
    if known is None or time.monotonic() - known[0] > REMEMBERED:
        row = MovedClock.objects.values_list("moved_by", flat=True).first()
        known = _remember(row or NOT_MOVED)
    return known[1]


def forget() -> None:
    """Read the row anew when it is next needed."""
    global _known  # noqa: PLW0603 - one clock for the whole process
    _known = None


def _remember(moved: timedelta) -> tuple[float, timedelta]:
    global _known  # noqa: PLW0603
    _known = (time.monotonic(), moved)
    return _known


@transaction.atomic
def move_to(moved: timedelta) -> None:
    """Set the clock; nothing moved means no row."""
    if moved > NOT_MOVED:
        MovedClock.objects.update_or_create(pk=1, defaults={"moved_by": moved})
    else:
        MovedClock.objects.all().delete()
    forget()

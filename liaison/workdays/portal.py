"""The portal's own calendar: the newest version, read once and kept.

It is asked for everywhere, so it costs next to nothing: a version never changes and is read once per process; which one is the
newest is asked once per request, and elsewhere once in a moment.
"""

from functools import lru_cache
from threading import local
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import connection

from liaison.workdays.calendar import WorkingCalendar

if TYPE_CHECKING:
    from liaison.workdays.models import CalendarVersionQuerySet

MOMENT: Final = 1.0
"Seconds after which a worker asks again."
CALENDAR_LOCK: Final = 7_203_531
"Advisory lock: who saves a version holds it alone; any constant will do."


class _Known(local):
    """What this thread knows: the newest version, and until when."""

    version: int | None = None
    until: float = 0.0
    requests: bool = False


_known = _Known()


def calendar() -> WorkingCalendar:
    """The calendar in force."""
    return calendar_of(version())


def version() -> int:
    """The id of the version in force."""
    if _known.version is None or (not _known.requests and monotonic() >= _known.until):
        _known.version, _known.until = _newest(), monotonic() + MOMENT
    return _known.version


@lru_cache(maxsize=64)
def calendar_of(version_id: int) -> WorkingCalendar:
    """The calendar of one version; ids are never given twice, not even when a transaction is undone."""
    found: WorkingCalendar = _versions().get(pk=version_id).draft().calendar()
    return found


def hold() -> int:
    """The version in force, which stays in force until the transaction ends.

    Whoever starts a clock calls this before locking any row: no version is saved between reckoning and commit, so none
    overlooks that clock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [CALENDAR_LOCK])
    forget()
    return version()


def forget(**_signal: Any) -> None:
    """Ask again next time: after a version was saved or undone, and where a task begins."""
    _known.version, _known.requests = None, False


def begin_request(**_signal: Any) -> None:
    """One request has one calendar."""
    _known.version, _known.requests = None, True


def end_request(**_signal: Any) -> None:
    """What follows in this thread is no request."""
    _known.version, _known.requests = None, False


def _newest() -> int:
    found = _versions().newest_id()
    if found is None:
        raise LookupError("There is no version of the calendar: run manage.py migrate.")
    return found


def _versions() -> "CalendarVersionQuerySet":
    # not an import: this room's own package asks the portal, and is loaded before its models
    versions: CalendarVersionQuerySet = apps.get_model("workdays", "CalendarVersion").objects.all()
    return versions

"""Saving a version of the calendar: the version, every clock that it moves and the record of it, or nothing at all."""

from datetime import datetime

from django.db import connection, transaction

from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.workdays import portal
from liaison.workdays.changes import Changes, changes_between
from liaison.workdays.dependants import move_all
from liaison.workdays.drafts import Draft
from liaison.workdays.errors import CalendarError
from liaison.workdays.first import day_rows
from liaison.workdays.models import CalendarDay, CalendarVersion
from liaison.workdays.stored import week_pairs


class CalendarMovedOn(Exception):  # noqa: N818 - somebody was faster: no error of anybody
    """Another version was saved since the person looked."""

    def __init__(self, newest: CalendarVersion) -> None:
        super().__init__(newest.number)
        self.newest = newest


def save_version(draft: Draft, *, base: int, why: str, by: User, now: datetime) -> tuple[CalendarVersion, int]:
    """Put a draft into force that was made from version ``base``; the version, and how many clocks moved."""
    try:
        with transaction.atomic():
            return _save(draft, base=base, why=why, by=by, now=now)
    finally:
        portal.forget()  # also when it was undone


def _save(draft: Draft, *, base: int, why: str, by: User, now: datetime) -> tuple[CalendarVersion, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [portal.CALENDAR_LOCK])
    newest = CalendarVersion.objects.in_force()
    if newest.number != base:
        raise CalendarMovedOn(newest)
    changes = changes_between(newest.draft(), draft)
    if not changes:
        raise CalendarError("nothing")
    version = _insert(draft, changes, number=newest.number + 1, why=why, by=by, now=now)
    portal.forget()
    moved = move_all(version, changes.dates(), by, now)
    detail = {"why": why, "days": len(changes.days), "weekdays": len(changes.week), "years": changes.years, "moved": moved}
    record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"calendar {version.number}", detail=detail, now=now)
    return version, moved


def _insert(draft: Draft, changes: Changes, *, number: int, why: str, by: User, now: datetime) -> CalendarVersion:
    version = CalendarVersion.objects.create(
        number=number,
        saved_at=now,
        saved_by=by,
        why=why,
        zone=draft.zone.key,
        week=week_pairs(draft.week),
        published=sorted(draft.published),
        changes=changes.stored(),
    )
    CalendarDay.objects.bulk_create(day_rows(CalendarDay, version, draft), batch_size=1000)
    return version

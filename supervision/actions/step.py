"""What every act on the register shares: lock, check, move, save named fields, write the event.

The batch's row is locked before those of its appointments, so no two acts wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from liaison.accounts.models import User
from liaison.workdays import portal
from liaison.workflow import StepNotOpen
from supervision.models import Appointment, Batch, RegisterEvent, Report, ReportEvent
from supervision.permissions import may_view
from supervision.reading import may_read
from supervision.timing import keep_clock
from supervision.workflow import APPOINTMENT_FLOW, BATCH_FLOW, REPORT_FLOW


def begin(name: str, batch: Batch, by: User, now: datetime, version: int | None = None) -> Batch:
    """Lock a batch and check; a form that was rendered before somebody else's step is stale (409)."""
    locked = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    step = BATCH_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def finish(
    name: str,
    batch: Batch,
    by: User,
    now: datetime,
    *,
    appointment: Appointment | None = None,
    fields: Iterable[str] = (),
    text: str = "",
    **detail: Any,
) -> RegisterEvent:
    """Move the locked batch, save the named fields, write the event."""
    BATCH_FLOW.move(name, batch)
    batch.version += 1
    batch.save(update_fields=["stage", "version", *fields])
    return write_event(name, batch, by, now, appointment=appointment, text=text, **detail)


def begin_one(name: str, appointment: Appointment, by: User, now: datetime, version: int | None = None) -> Appointment:
    """Lock the batch, then the appointment, and check."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=appointment.batch_id)
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    locked = rows.get(pk=appointment.pk)
    locked.batch = batch
    if not may_view(locked, by):
        raise PermissionDenied
    step = APPOINTMENT_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def finish_one(
    name: str, appointment: Appointment, by: User, now: datetime, *, fields: Iterable[str] = (), text: str = "", **detail: Any
) -> RegisterEvent:
    """Move the locked appointment, save the named fields, write the event."""
    APPOINTMENT_FLOW.move(name, appointment)
    appointment.version += 1
    appointment.save(update_fields=["stage", "version", *fields])
    return write_event(name, appointment.batch, by, now, appointment=appointment, text=text, **detail)


def write_event(
    kind: str,
    batch: Batch,
    by: User | None,
    now: datetime,
    *,
    appointment: Appointment | None = None,
    text: str = "",
    **detail: Any,
) -> RegisterEvent:
    """One row of the story."""
    return RegisterEvent.objects.create(
        batch=batch, appointment=appointment, kind=kind, actor=by, at=now, text=text, detail=detail
    )


# --- reports ----------------------------------------------------------------------------------------
def begin_report(name: str, report: Report, by: User, now: datetime, version: int | None = None) -> Report:
    """Lock a report, and the calendar by which its clock is reckoned; check under the lock."""
    portal.hold()
    rows = Report.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("enterprise", "unit", "category", "author", "appointment").get(pk=report.pk)
    if not may_read(locked, by):
        raise PermissionDenied
    step = REPORT_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def finish_report(
    name: str,
    report: Report,
    by: User,
    now: datetime,
    *,
    to: str | None = None,
    fields: Iterable[str] = (),
    text: str = "",
    **detail: Any,
) -> ReportEvent:
    """Move the locked report, bring its clock in line, save the named fields, write the event."""
    REPORT_FLOW.move(name, report, to)
    report.version += 1
    keep_clock(report, now, by)
    report.save(update_fields=["stage", "version", "due_at", *fields])
    return write_report_event(name, report, by, now, text=text, **detail)


def write_report_event(
    kind: str, report: Report, by: User | None, now: datetime, *, text: str = "", internal: bool = False, **detail: Any
) -> ReportEvent:
    """One row of the story of a report."""
    return ReportEvent.objects.create(report=report, kind=kind, actor=by, at=now, text=text, internal=internal, detail=detail)

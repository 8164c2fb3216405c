"""What a message about supervision says: ids become words when it is read, for the person who reads it."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from liaison.notifications.models import Notification
from liaison.parameters.models import parameter
from liaison.ui.moments import words_of
from supervision.models import Appointment, Batch, Report
from supervision.permissions import manages, may_view
from supervision.reading import knows_author, may_read

PREFIX: Final = "supervision_"


def explain_reports(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    """Of reports that their readers may still see; what is set aside leaves the portal without a word about it."""
    reports = Report.objects.select_related("author", "unit", "enterprise").in_bulk({row.context["report"] for row in rows})
    found = {}
    for row in rows:
        report = reports.get(row.context["report"])
        if report is None or not may_read(report, row.recipient):
            continue
        found[row.pk] = {
            "report": report.subject,
            "standing": report.standing,
            "due": words_of(report.due_at) if report.due_at else "–",
            "author": report.author.name if knows_author(report, row.recipient) else _("A supervisor"),
            "url": report.get_absolute_url(),
            "sensitive": report.set_aside,
            "guarded": True,
            "why": _("You wrote this report, or have to do with it."),
        }
    return found


def explain(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    """Words for many messages; what the reader may not see any more is left out."""
    about = [row for row in rows if "report" in row.context]
    return {**explain_reports(about), **_of_register([row for row in rows if "report" not in row.context])}


def _of_register(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    batches = Batch.objects.in_bulk({row.context["batch"] for row in rows if "batch" in row.context})
    asked = {row.context["appointment"] for row in rows if row.context.get("appointment")}
    appointments = Appointment.objects.select_related("person").in_bulk(asked)
    found = {}
    for row in rows:
        batch = batches.get(row.context.get("batch"))
        appointment = appointments.get(row.context.get("appointment"))
        if batch is None or (appointment is not None and not may_view(appointment, row.recipient)):
            continue
        found[row.pk] = _words(batch, appointment, row)
    return found


def _words(batch: Batch, appointment: Appointment | None, row: Notification) -> dict[str, Any]:
    words = {
        "batch": batch.title,
        "until": words_of(batch.announced_until, "day") if batch.announced_until else "–",
        "reason": batch.reason,
        "url": batch.get_absolute_url() if manages(row.recipient) else "/supervision/",
        "why": _("You are a supervisor or on the list, or look after supervisors."),
    }
    if appointment is None:
        return words
    return words | {
        "person": appointment.person.name,
        "number": appointment.number,
        "from_on": words_of(appointment.from_on, "day"),
        "to_on": words_of(appointment.to_on, "day"),
        "standing": appointment.get_stage_display(),
        "quota": parameter("supervision.quota"),
        "reason": appointment.reason,
        "url": appointment.get_absolute_url(),
    }

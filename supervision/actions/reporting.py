"""Reports begun, gone on with, sent, thrown away."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from issues.actions.intake import Matter, start_draft, submit_issue
from issues.enums import Channel, Nature
from issues.models import Attachment, Issue
from liaison.accounts.models import Unit, UnitKind, User
from liaison.files.checks import CheckedFile
from liaison.files.models import PendingUpload
from liaison.notifications.actions import notify
from liaison.workdays import ZONE
from supervision import notices
from supervision.actions.step import begin_report, finish_report
from supervision.conflicts import others_tied_to, tied_to
from supervision.enums import Function, ReportStage
from supervision.models import Appointment, Report, ReportPhoto
from supervision.models.report import MAX_PHOTOS

ANSWERS: Final = (
    "unit", "enterprise", "category", "subject", "seen_at", "place", "manner", "function", "facts", "evidence", "advice",
    "touches_integrity", "anonymous",
)  # fmt: skip
NATURES: Final = {
    Function.OVERSIGHT: Nature.COMPLAINT,
    Function.ADVICE: Nature.SUGGESTION,
    Function.BRIDGE: Nature.HELP,
    Function.OPINION: Nature.SUGGESTION,
}


class Tied(Exception):  # noqa: N818 - an answer to the supervisor, not a fault
    """The report is about an enterprise whose matters are kept away from its author."""

    def __init__(self, enterprise: Enterprise, *, own: bool) -> None:
        super().__init__(enterprise.pk)
        self.enterprise, self.own = enterprise, own


class AboutDiscipline(Exception):  # noqa: N818 - an answer to the supervisor, not a fault
    """The discipline body is not to examine itself."""


class TooManyPhotos(Exception):  # noqa: N818 - an answer to the supervisor, not a fault
    """The draft would have more photographs than a report may have."""


def draft_of_form(key: UUID, answers: Mapping[str, Any], *, by: User, now: datetime) -> Report:
    """The draft that this very form began; the first post begins it, all others find it."""
    if (known := Report.objects.filter(key=key, author=by).first()) is not None:
        return save_draft(known, answers, by=by, now=now) if known.stage == ReportStage.DRAFT else known
    with suppress(IntegrityError), transaction.atomic():
        return start_report(key, answers, by=by, now=now)
    known = Report.objects.filter(key=key, author=by).first()
    return known or start_report(uuid4(), answers, by=by, now=now)  # the key was somebody else's: nobody learns that


def start_report(key: UUID, answers: Mapping[str, Any], *, by: User, now: datetime) -> Report:
    """Keep what was typed so far."""
    appointment = Appointment.objects.running(now.astimezone(ZONE).date()).filter(person=by).first()
    if appointment is None:
        raise PermissionDenied
    report = Report(key=key, author=by, appointment=appointment, created_at=now)
    _fill(report, answers)
    report.save()
    return report


@transaction.atomic
def save_draft(report: Report, answers: Mapping[str, Any], *, by: User, now: datetime) -> Report:
    """Keep the newest version of a draft."""
    report = begin_report("discard", report, by, now)
    _fill(report, answers)
    report.save(update_fields=[name for name in ANSWERS if name in answers])
    return report


@transaction.atomic
def change_photos(
    report: Report, *, add: Iterable[CheckedFile | PendingUpload] = (), remove: Iterable[int] = (), by: User, now: datetime
) -> None:
    """Put photographs into a draft and take others out; one that is there already is not put in again."""
    report = begin_report("discard", report, by, now)
    gone = list(remove)
    known = {(photo.name, photo.sha256) for photo in report.photos.exclude(pk__in=gone)}
    new = {(photo.name, photo.sha256): photo for photo in add if (photo.name, photo.sha256) not in known}
    if len(known) + len(new) > MAX_PHOTOS:
        raise TooManyPhotos
    report.photos.filter(pk__in=gone).delete()
    for photo in new.values():
        ReportPhoto.store(photo, by=by, uploaded_at=now, report=report)


@transaction.atomic
def discard_report(report: Report, *, by: User, now: datetime) -> None:
    """Throw a draft away, photographs included."""
    begin_report("discard", report, by, now).delete()


@transaction.atomic
def send_report(report: Report, *, by: User, now: datetime, version: int | None = None) -> Report:
    """Give the report to the desk; to the discipline body alone where it touches integrity.

    On an enterprise of one's own it becomes an ordinary issue of that enterprise, and the desk gets no report.
    """
    report = begin_report("send", report, by, now, version)
    report.sent_at, report.set_aside = now, report.touches_integrity
    firm = report.enterprise
    if firm is not None and firm.pk in others_tied_to(by):
        raise Tied(firm, own=False)
    if firm is not None and firm.pk in tied_to(by) and not report.set_aside:
        return _convert(report, firm, by, now)
    if report.set_aside and report.unit is not None and report.unit.kind == UnitKind.DISCIPLINE:
        raise AboutDiscipline
    event = finish_report("send", report, by, now, to=ReportStage.SENT, fields=["sent_at", "set_aside"])
    notify(notices.report_sent(event), now=now)
    return report


def _convert(report: Report, firm: Enterprise, by: User, now: datetime) -> Report:
    if firm.pk not in roles_of(by):
        raise Tied(firm, own=True)
    report.issue = make_issue(report, firm, report_text(report), by=by, now=now, channel=Channel.WEB)
    finish_report("send", report, by, now, to=ReportStage.CONVERTED, fields=["sent_at", "set_aside", "issue"])
    return report


def make_issue(
    report: Report, firm: Enterprise, text: str, *, by: User, now: datetime, channel: Channel, unit: Unit | None = None
) -> Issue:
    """An ordinary issue of the enterprise, by the same way as any other, with the photographs unless they may tell the author."""
    nature = NATURES[Function(report.function)]
    matter = Matter(title=report.subject, body=text, category=report.category, nature=nature, channel=channel)
    draft = start_draft(firm, matter, by=by, now=now, for_firm_by_unit=unit)
    if unit is None or not report.anonymous:
        by_firm = unit is None
        for photo in report.photos.all():
            facts = {name: getattr(photo, name) for name in ("file", "name", "media_type", "size", "sha256")}
            Attachment.objects.create(issue=draft, by_firm=by_firm, uploaded_by=by, uploaded_at=now, **facts)
    return submit_issue(draft, by=by, now=now)


def report_text(report: Report) -> str:
    """Facts, evidence and advice as one text."""
    return "\n\n".join(filter(None, [report.facts, report.evidence, report.advice]))


def _fill(report: Report, answers: Mapping[str, Any]) -> None:
    for name in ANSWERS:
        if name in answers:
            setattr(report, name, answers[name])

"""Who is told what about supervisors; templates/notices/supervision_* hold the words."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from liaison.accounts.models import Substitution, User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.moments import clock
from liaison.notifications.actions import Notice
from supervision.enums import ReportStage, Standing
from supervision.models import Appointment, Contact, RegisterEvent, Report, ReportEvent
from supervision.reading import is_apart, keeps_names, may_read


def to_candidates(event: RegisterEvent) -> Notice:
    """Everybody on the list."""
    rows = event.batch.appointments.filter(stage=Standing.CANDIDATE).select_related("person").order_by("pk")
    kind = "given_up" if event.kind == "cancel" else "announced"
    return _of(event, kind, [row.person for row in rows])


def to_person(event: RegisterEvent, kind: str) -> Notice:
    """The supervisor."""
    assert event.appointment is not None
    return _of(event, kind, [event.appointment.person])


def to_keepers(event: RegisterEvent, kind: str) -> Notice:
    """The desk."""
    return _of(event, kind, holders(RIGHTS[Right.MANAGE_SUPERVISORS]))


def of_quota(appointment: Appointment, ends: date) -> Notice:
    """The supervisor, once in a quarter."""
    key = f"supervision:quota:{appointment.pk}:{ends}"
    return Notice("supervision_quota", key, [appointment.person], _context_of(appointment))


def of_term_end(appointment: Appointment) -> Notice:
    """The supervisor and the desk, once in a term."""
    people = [appointment.person, *holders(RIGHTS[Right.MANAGE_SUPERVISORS])]
    return Notice("supervision_term_end", f"supervision:end:{appointment.pk}", people, _context_of(appointment))


def of_contact(contact: Contact) -> Notice:
    """The supervisor alone."""
    appointment = contact.appointment
    return Notice("supervision_contact", f"supervision:contact:{contact.pk}", [appointment.person], _context_of(appointment))


def _context_of(appointment: Appointment) -> dict[str, int]:
    return {"batch": appointment.batch_id, "appointment": appointment.pk}


def _of(event: RegisterEvent, kind: str, people: Iterable[User]) -> Notice:
    context = {"batch": event.batch_id, "event": event.pk, "appointment": event.appointment_id}
    told = [user for user in people if user.pk != event.actor_id]
    return Notice(f"supervision_{kind}", f"supervision:{event.batch_id}:{event.pk}", told, context)


# --- reports ----------------------------------------------------------------------------------------
CONFIDENTIAL: Final = "confidential"
"Its kind says nothing, neither to who reads the message on its way nor to who looks after deliveries."


def report_sent(event: ReportEvent) -> Notice:
    """The desk; of what is set aside the discipline body, and nobody else."""
    return _about(event, "report_sent", handlers_of(event.report))


def to_author(event: ReportEvent, kind: str) -> Notice:
    """The supervisor who wrote it."""
    return _about(event, kind, [event.report.author])


def to_responsible(event: ReportEvent, kind: str) -> Notice:
    """Whoever has to do something about it now."""
    return _about(event, kind, handlers_of(event.report))


def report_rated(event: ReportEvent) -> Notice:
    """The desk; of what is set aside the discipline body."""
    report = event.report
    return _about(event, "report_rated", holders(RIGHTS[Right.READ_SET_ASIDE]) if report.set_aside else keepers_of(report))


def handlers_of(report: Report) -> list[User]:
    """Who has it, with whoever stands in for them."""
    if report.set_aside:
        return holders(RIGHTS[Right.READ_SET_ASIDE])
    if report.stage == ReportStage.INSPECTION:
        return inspectors_of(report)
    if report.stage == ReportStage.LEADER and report.leader is not None:
        today = clock.today()
        stand_ins = Substitution.objects.on(today).filter(absent=report.leader).select_related("substitute")
        return [report.leader, *(row.substitute for row in stand_ins)]
    return keepers_of(report)


def keepers_of(report: Report) -> list[User]:
    """The desk, or whoever takes its place where the report is about the desk."""
    keepers = [user for user in holders(RIGHTS[Right.MANAGE_SUPERVISORS]) if keeps_names(report, user)]
    return keepers or [user for user in holders(RIGHTS[Right.SUPERVISE]) if keeps_names(report, user)]


def inspectors_of(report: Report) -> list[User]:
    """The inspection office; nobody where the report is about it."""
    return [user for user in holders(RIGHTS[Right.SUPERVISE]) if is_apart(report, user)]


def leaders_of(report: Report) -> list[User]:
    """Leaders to whom it can be submitted."""
    return [user for user in holders(RIGHTS[Right.LEAD_UNITS]) if is_apart(report, user)]


def _about(event: ReportEvent, kind: str, people: Iterable[User]) -> Notice:
    report = event.report
    told = [user for user in people if user.pk != event.actor_id and may_read(report, user)]
    whole = CONFIDENTIAL if report.set_aside else f"supervision_{kind}"
    return Notice(whole, f"{whole}:{report.pk}:{event.pk}", told, {"report": report.pk, "event": event.pk})

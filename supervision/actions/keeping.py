"""What happens to an appointment: struck off, ended early, a new certificate, interests, the public list."""

from datetime import datetime

from django.db import IntegrityError, transaction

from enterprises.models import Enterprise
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workdays import ZONE
from supervision import notices
from supervision.actions.appointing import Unfit
from supervision.actions.step import begin_one, finish_one
from supervision.models import Appointment, Certificate, Interest


@transaction.atomic
def strike_candidate(
    appointment: Appointment, *, by: User, now: datetime, reason: str, version: int | None = None
) -> Appointment:
    """Take a candidate off the list, after an objection or at their own wish."""
    appointment = begin_one("strike", appointment, by, now, version)
    appointment.reason = reason
    finish_one("strike", appointment, by, now, fields=["reason"], text=reason)
    return appointment


@transaction.atomic
def resign_appointment(
    appointment: Appointment, *, by: User, now: datetime, reason: str, version: int | None = None
) -> Appointment:
    """The supervisor lays the office down."""
    return _end("resign", begin_one("resign", appointment, by, now, version), by, now, reason)


@transaction.atomic
def dismiss_supervisor(
    appointment: Appointment, *, by: User, now: datetime, ground: str, reason: str, version: int | None = None
) -> Appointment:
    """The desk ends the appointment, with the ground."""
    appointment = begin_one("dismiss", appointment, by, now, version)
    appointment.ground = ground
    return _end("dismiss", appointment, by, now, reason, "ground")


def _end(name: str, appointment: Appointment, by: User, now: datetime, reason: str, *fields: str) -> Appointment:
    """Today is the last day that the term takes up; the certificate says at once that it is revoked."""
    appointment.reason = reason
    appointment.until_on = max(appointment.from_on, now.astimezone(ZONE).date())
    event = finish_one(name, appointment, by, now, fields=["reason", "until_on", *fields], text=reason)
    if by.pk != appointment.person_id:
        notify(notices.to_person(event, "ended"), now=now)
    else:
        notify(notices.to_keepers(event, "resigned"), now=now)
    return appointment


@transaction.atomic
def reissue_certificate(
    appointment: Appointment, *, by: User, now: datetime, reason: str, version: int | None = None
) -> Certificate:
    """Another certificate with the same number; the code of the old one is void from now on."""
    appointment = begin_one("reissue", appointment, by, now, version)
    appointment.certificates.filter(voided_at=None).update(voided_at=now)
    certificate = Certificate.objects.create(appointment=appointment, issued_on=now.astimezone(ZONE).date(), issued_by=by)
    event = finish_one("reissue", appointment, by, now, text=reason)
    notify(notices.to_person(event, "reissued"), now=now)
    return certificate


@transaction.atomic
def declare_interest(
    appointment: Appointment, *, by: User, now: datetime, enterprise: Enterprise, tie: str, version: int | None = None
) -> Interest:
    """From now on the supervisor neither sees nor handles nor rates matters of this enterprise."""
    appointment = begin_one("interest", appointment, by, now, version)
    try:
        with transaction.atomic():
            interest = Interest.objects.create(
                person=appointment.person, enterprise=enterprise, tie=tie, declared_by=by, declared_at=now
            )
    except IntegrityError as refused:
        raise Unfit("declared", enterprise.name) from refused
    finish_one("interest", appointment, by, now, text=f"{enterprise.name} · {interest.get_tie_display()}", tie=tie)
    return interest


@transaction.atomic
def end_interest(
    appointment: Appointment, *, by: User, now: datetime, interest: Interest, reason: str, version: int | None = None
) -> Interest:
    """The desk has seen that the tie is no more."""
    appointment = begin_one("end-interest", appointment, by, now, version)
    row = Interest.objects.open().select_for_update(no_key=True, of=("self",)).select_related("enterprise").get(
        pk=interest.pk, person=appointment.person
    )  # fmt: skip
    row.ended_by, row.ended_at = by, now
    row.save(update_fields=["ended_by", "ended_at"])
    finish_one("end-interest", appointment, by, now, text=f"{row.enterprise.name}\n{reason}")
    return row


@transaction.atomic
def set_consent(appointment: Appointment, *, by: User, now: datetime, is_public: bool, version: int | None = None) -> Appointment:
    """The supervisor says whether the public list names them."""
    appointment = begin_one("consent", appointment, by, now, version)
    appointment.is_public = is_public
    finish_one("consent", appointment, by, now, fields=["is_public"], is_public=is_public)
    return appointment

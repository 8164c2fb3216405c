"""Batches put together, announced, appointed or given up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from issues.models import NumberSeries
from liaison.accounts.models import Duty, User
from liaison.accounts.rights import hats_of
from liaison.notifications.actions import notify, notify_all
from liaison.parameters.models import parameter
from liaison.workdays import ZONE, add_workdays
from supervision import notices
from supervision.actions.step import begin, finish, write_event
from supervision.enums import Standing
from supervision.models import Appointment, Batch, Certificate
from supervision.permissions import manages

SERIES: Final = "supervisor"


@dataclass(frozen=True)
class Candidate:
    """Who is put on the list."""

    person: User
    field: str
    workplace: str


class Unfit(Exception):  # noqa: N818 - an answer to the desk, not a fault
    """The person cannot be put on this list; ``why`` is one of forms.register.UNFIT, ``value`` what it names."""

    def __init__(self, why: str, value: object = "") -> None:
        super().__init__(why)
        self.why, self.value = why, value


def last_day_of_term(from_on: date) -> date:
    """The last day on which a term that begins then may end."""
    years = parameter("supervision.term_years")
    try:
        after = from_on.replace(year=from_on.year + years)
    except ValueError:  # the 29th of February
        after = from_on.replace(year=from_on.year + years, month=3, day=1)
    return after - timedelta(days=1)


@transaction.atomic
def begin_batch(*, title: str, from_on: date, to_on: date, by: User, now: datetime) -> Batch:
    """An empty list with a term."""
    if not manages(by):
        raise PermissionDenied
    if to_on > last_day_of_term(from_on):
        raise Unfit("term")
    batch = Batch.objects.create(title=title, from_on=from_on, to_on=to_on, created_by=by, created_at=now)
    write_event("begin", batch, by, now)
    return batch


@transaction.atomic
def add_candidate(batch: Batch, candidate: Candidate, *, by: User, now: datetime, version: int | None = None) -> Appointment:
    """Put a person on the list; who has served before is renewed, up to the most terms."""
    batch = begin("add", batch, by, now, version)
    person = User.objects.select_for_update(no_key=True).get(pk=candidate.person.pk)
    if hats_of(person).duties - {Duty.SUPERVISOR}:
        raise Unfit("official", person.name)
    served = Appointment.objects.held().filter(person=person).count()
    if served >= parameter("supervision.most_terms"):
        raise Unfit("terms", served)
    appointment = Appointment(
        batch=batch, person=person, field=candidate.field, workplace=candidate.workplace, term=served + 1,
        from_on=batch.from_on, to_on=batch.to_on, until_on=batch.to_on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as refused:
        raise Unfit("listed" if "once_in_a_batch" in str(refused) else "overlap", person.name) from refused
    finish("add", batch, by, now, appointment=appointment)
    return appointment


@transaction.atomic
def announce_batch(batch: Batch, *, by: User, now: datetime, version: int | None = None) -> Batch:
    """Everybody may read the list and object for some working days."""
    batch = begin("announce", batch, by, now, version)
    batch.announced_on = now.astimezone(ZONE).date()
    batch.announced_until = add_workdays(batch.announced_on, parameter("supervision.announcement_days"))
    event = finish("announce", batch, by, now, fields=["announced_on", "announced_until"])
    notify(notices.to_candidates(event), now=now)
    return batch


@transaction.atomic
def appoint_batch(batch: Batch, *, by: User, now: datetime, version: int | None = None) -> Batch:
    """Number everybody on the list and issue their certificates; nobody is appointed for days that have passed."""
    batch = begin("appoint", batch, by, now, version)
    batch.appointed_on = now.astimezone(ZONE).date()
    candidates = list(
        batch.appointments.select_for_update(no_key=True, of=("self",)).filter(stage=Standing.CANDIDATE).order_by("pk")
    )
    year = batch.appointed_on.year
    for serial, row in zip(NumberSeries.take_many(SERIES, year, len(candidates)), candidates, strict=True):
        row.stage, row.year, row.serial = Standing.APPOINTED, year, serial
        row.from_on = max(row.from_on, batch.appointed_on)
        row.version += 1
    Appointment.objects.bulk_update(candidates, ["stage", "year", "serial", "from_on", "version"])
    Certificate.objects.bulk_create(
        Certificate(appointment=row, issued_on=batch.appointed_on, issued_by=by) for row in candidates
    )
    finish("appoint", batch, by, now, fields=["appointed_on"], appointed=len(candidates))
    events = [write_event("appointed", batch, by, now, appointment=row) for row in candidates]
    notify_all([notices.to_person(event, "appointed") for event in events], now=now)
    return batch


@transaction.atomic
def cancel_batch(batch: Batch, *, by: User, now: datetime, reason: str, version: int | None = None) -> Batch:
    """Give the list up: nobody on it is appointed, and their days are free again."""
    batch = begin("cancel", batch, by, now, version)
    batch.reason = reason
    event = finish("cancel", batch, by, now, fields=["reason"], text=reason)
    if batch.announced_on:
        notify(notices.to_candidates(event), now=now)
    batch.appointments.filter(stage=Standing.CANDIDATE).update(stage=Standing.STRUCK)
    return batch

"""Accounts given and evaluated; reminders of duties and of the end of a term."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter
from liaison.workdays import ZONE
from supervision import notices
from supervision.actions.appointing import Unfit
from supervision.actions.step import begin_one, finish_one, write_event
from supervision.duties import figures_of, quarter_of
from supervision.models import Account, Appointment
from supervision.permissions import manages
from supervision.workflow import ACCOUNT_FLOW


@transaction.atomic
def give_account(
    appointment: Appointment, *, by: User, now: datetime, year: int, text: str, version: int | None = None
) -> Account:
    """The supervisor says what they did in a year; once for each."""
    appointment = begin_one("account", appointment, by, now, version)
    try:
        with transaction.atomic():
            account = Account.objects.create(appointment=appointment, year=year, text=text, given_at=now)
    except IntegrityError as refused:
        raise Unfit("given", year) from refused
    event = finish_one("account", appointment, by, now, year=year)
    notify(notices.to_keepers(event, "account"), now=now)
    return account


@transaction.atomic
def evaluate_account(account: Account, *, by: User, now: datetime, grade: str, note: str) -> Account:
    """The desk judges a year by its figures and the account."""
    rows = Account.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "appointment__batch", "appointment__person"
    )
    account = rows.get(pk=account.pk)
    if not manages(by):
        raise PermissionDenied
    ACCOUNT_FLOW.take("evaluate", account, by, now)
    account.grade, account.note, account.evaluated_by, account.evaluated_at = grade, note, by, now
    account.save(update_fields=["stage", "grade", "note", "evaluated_by", "evaluated_at"])
    appointment = account.appointment
    event = write_event("evaluated", appointment.batch, by, now, appointment=appointment, year=account.year, grade=grade)
    notify(notices.to_person(event, "evaluated"), now=now)
    return account


def remind_of_duties(now: datetime) -> int:
    """Towards the end of a quarter, whoever owes reports is told once; the message's key makes twice impossible."""
    today = now.astimezone(ZONE).date()
    quarter, quota = quarter_of(today), parameter("supervision.quota")
    if today < quarter.ends - timedelta(days=parameter("supervision.remind_days")):
        return 0
    rows = list(Appointment.objects.running(today).select_related("person"))
    done = figures_of([row.person_id for row in rows], quarter)
    owing = [row for row in rows if done[row.person_id].reports < quota]
    return sum(notify(notices.of_quota(row, quarter.ends), now=now) for row in owing)


def remind_of_term_ends(now: datetime) -> int:
    """Before a term ends, the supervisor and the desk are told once."""
    today = now.astimezone(ZONE).date()
    last = today + timedelta(days=parameter("supervision.term_end_days"))
    ending = Appointment.objects.running(today).filter(to_on__lte=last).select_related("person")
    return sum(notify(notices.of_term_end(row), now=now) for row in ending)

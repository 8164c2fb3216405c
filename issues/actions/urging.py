"""Urging notes (催办): the ladder drafts them, the desk sends or discards them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from issues import notices
from issues.actions.step import lock, write_event
from issues.models import Issue, Urging
from issues.permissions import Standing, standings
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workflow import Step, StepNotOpen

SETTLE: Step[Issue] = Step("urge", frozenset(), (), lambda _issue, _user: True, _("Send urging note"))


def may_urge(issue: Issue, user: User) -> bool:
    """The desk's officers who may read the issue."""
    return Standing.DESK in standings(issue, user)


@transaction.atomic
def send_urging(urging: Urging, *, by: User, now: datetime, text: str) -> None:
    """The unit's liaison officers and heads are urged, in the words that the desk left."""
    urging, issue = _settle(urging, by, now, sent=True, text=text)
    event = write_event("urge", issue, by, now, text=text, unit=urging.unit.code, urging=urging.pk)
    notify(notices.to_unit(event, "urged", urging.unit_id), now=now)


@transaction.atomic
def discard_urging(urging: Urging, *, by: User, now: datetime) -> None:
    """Not needed: somebody has spoken with the unit, or the answer has come."""
    _settle(urging, by, now, sent=False, text=urging.text)


def _settle(urging: Urging, by: User, now: datetime, *, sent: bool, text: str) -> tuple[Urging, Issue]:
    """Lock the issue, then the draft; the second of two people comes too late (409)."""
    issue = lock(urging.issue)
    if not may_urge(issue, by):
        raise PermissionDenied
    urging = Urging.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=urging.pk)
    if urging.settled_at is not None:
        raise StepNotOpen(SETTLE, issue, _("This draft has been sent or discarded already."))
    urging.settled_at, urging.settled_by, urging.sent, urging.text = now, by, sent, text
    urging.save(update_fields=["settled_at", "settled_by", "sent", "text"])
    return urging, issue

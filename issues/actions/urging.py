"""The desk sends or discards what the ladder has drafted."""

from datetime import datetime

from django.db import transaction

from issues import notices
from issues.actions.step import lock, write_event
from issues.models import Urging
from issues.urging import URGING_FLOW
from liaison.accounts.models import User
from liaison.notifications.actions import notify


@transaction.atomic
def send_urging(urging: Urging, *, by: User, now: datetime, text: str) -> Urging:
    """The unit is urged in the desk's own words; the note stays in the story."""
    urging = _settle("send", urging, by, now, text)
    event = write_event("urge", urging.issue, by, now, text=text, unit=urging.unit.code)
    notify(notices.to_lead(event, "urged"), now=now)
    return urging


@transaction.atomic
def discard_urging(urging: Urging, *, by: User, now: datetime) -> Urging:
    """Nothing is sent."""
    return _settle("discard", urging, by, now, urging.text)


def _settle(name: str, urging: Urging, by: User, now: datetime, text: str) -> Urging:
    issue = lock(urging.issue)
    urging = Urging.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=urging.pk)
    urging.issue = issue
    URGING_FLOW.take(name, urging, by, now)
    urging.text, urging.settled_at, urging.settled_by = text, now, by
    urging.save(update_fields=["stage", "text", "settled_at", "settled_by"])
    return urging

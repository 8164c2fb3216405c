"""Messages to supervisors who are named in the public list."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from liaison.notifications.actions import notify
from liaison.workdays import ZONE
from supervision import notices
from supervision.models import Appointment, Contact


@transaction.atomic
def write_to_supervisor(appointment: Appointment, *, now: datetime, name: str, reach: str, text: str) -> Contact:
    """Anybody may write to whoever agreed to be named, as long as they are in office."""
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    locked = rows.get(pk=appointment.pk)
    if not (locked.is_public and locked.runs_on(now.astimezone(ZONE).date())):
        raise PermissionDenied
    contact = Contact.objects.create(appointment=locked, name=name, reach=reach, text=text, at=now)
    notify(notices.of_contact(contact), now=now)
    return contact

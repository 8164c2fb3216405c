"""Addresses that were refused for good: nothing more goes there until they are changed (T15)."""

import uuid
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from liaison.accounts.models import User
from liaison.notifications.actions import Notice, notify
from liaison.notifications.models import Channel, RefusedAddress
from liaison.notifications.sms import mobile_of

KIND: Final = "account_address_refused"


def is_refused(user: User, channel: Channel, address: str) -> bool:
    """Whether this very address was refused before."""
    return RefusedAddress.objects.filter(user=user, channel=channel, address=address.lower()).exists()


@transaction.atomic
def mark(user: User, channel: Channel, address: str, error: str) -> None:
    """Remember the refusal, and tell the person in the portal, once for each address."""
    found = {"address": address.lower(), "error": error[:100]}
    row, new = RefusedAddress.objects.update_or_create(user=user, channel=channel, defaults=found)
    if new:
        notify(Notice(KIND, f"refused:{row.pk}:{uuid.uuid4()}", [user], {"channel": channel}, (Channel.INBOX,)))


def forget(user: User, channel: Channel | str) -> None:
    """The person says that the address works again."""
    RefusedAddress.objects.filter(user=user, channel=channel).delete()


def refused_now() -> QuerySet[RefusedAddress]:
    """Marks of addresses that are still the person's own, of people who may sign in."""
    rows = RefusedAddress.objects.filter(user__is_active=True).select_related("user")
    changed = Q(channel=Channel.EMAIL) & ~Q(address=Lower("user__email"))
    return rows.exclude(changed)


def refused_of(user: User) -> list[RefusedAddress]:
    """The person's own marks that still matter."""
    present = {Channel.EMAIL: user.email.lower(), Channel.SMS: mobile_of(user.phone)}
    return [row for row in RefusedAddress.objects.filter(user=user) if present.get(Channel(row.channel)) == row.address]

"""Telling people: one outbox row per recipient and channel, in the transaction of the act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liaison.accounts.models import User
from liaison.notifications.doorbell import ring
from liaison.notifications.models import Channel, Delivery, Notification


@dataclass(frozen=True)
class Notice:
    """What is told to whom; ``key`` makes it once-only for each recipient and kind."""

    kind: str
    key: str
    recipients: Iterable[User]
    context: dict[str, Any] = field(default_factory=dict)
    "Ids and numbers only; words are made of them when the message is read (rendering.register)."
    channels: tuple[Channel, ...] | None = None
    "Fixed ways instead of the person's own: a forgotten password is not told to the inbox behind it."


def notify(notice: Notice, *, now: datetime | None = None) -> int:
    """Write the rows; the same notice again writes nothing. Returns how many people are newly told."""
    at = now or timezone.now()
    people = {user.pk: user for user in notice.recipients if user.is_active}
    rows = [
        Notification(recipient=user, kind=notice.kind, key=notice.key, context=notice.context, created_at=at)
        for _pk, user in sorted(people.items())
    ]
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        fresh = Notification.objects.filter(kind=notice.kind, key=notice.key, recipient__in=people, deliveries=None)
        made = [
            Delivery(notification=notification, channel=channel, next_at=at)
            for notification in fresh
            for channel in notice.channels or _channels(people[notification.recipient_id])
        ]
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        transaction.on_commit(ring)
    return len({delivery.notification_id for delivery in made})


def _channels(user: User) -> list[Channel]:
    return [Channel.INBOX, Channel.EMAIL] if user.email else [Channel.INBOX]

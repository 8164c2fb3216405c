"""Telling people: one outbox row per recipient and channel, in the transaction of the act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liaison.accounts.models import User
from liaison.moments import clock
from liaison.notifications.doorbell import ring
from liaison.notifications.models import Channel, Delivery, Notification, Robot
from liaison.notifications.ways import ways_of


@dataclass(frozen=True)
class Notice:
    """What is told to whom; ``key`` makes it once-only for each recipient and kind."""

    kind: str
    key: str
    recipients: Iterable[User]
    context: dict[str, Any] = field(default_factory=dict)
    "Ids and numbers only; words are made of them when the message is read (rendering.register)."
    channels: tuple[Channel, ...] | None = None
    "Fixed ways instead of the person's own: a forgotten password is not told to the inbox behind it. It goes at once and alone."
    units: Iterable[int] = ()
    "Units whose group robots say it, too, once for each group, when somebody is told at all."
    urgent: bool = False
    "Goes out at night and on days off."


def notify(notice: Notice, *, now: datetime | None = None) -> int:
    """Write the rows; the same notice again writes nothing. Returns how many people are newly told.

    A message is of the portal's time (``now``); its deliveries are of the machine's, by which workers send.
    """
    at = now or clock.now()
    people = {user.pk: user for user in notice.recipients if user.is_active}
    rows = [
        Notification(recipient=user, kind=notice.kind, key=notice.key, context=notice.context, created_at=at)
        for _pk, user in sorted(people.items())
    ]
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        fresh = list(
            Notification.objects.filter(kind=notice.kind, key=notice.key, recipient__in=people, deliveries=None).order_by("pk")
        )
        goes_at = _machine_time(at)
        made = [*_to_people(notice, fresh, people, goes_at), *_to_robots(notice, fresh, goes_at)]
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        transaction.on_commit(ring)
    return len({delivery.notification_id for delivery in made})


def _machine_time(at: datetime) -> datetime:
    """Never later than now: were the clock set back meanwhile, the message would wait for days."""
    return min(clock.to_machine(at), timezone.now())


def _to_people(notice: Notice, fresh: list[Notification], people: Mapping[int, User], at: datetime) -> list[Delivery]:
    ways = {} if notice.channels or not fresh else ways_of(people.values(), notice.kind)
    return [
        Delivery(
            notification=notification,
            recipient_id=notification.recipient_id,
            channel=channel,
            urgent=notice.urgent or notice.channels is not None,
            alone=notice.channels is not None,
            created_at=at,
            due_at=at,
            next_at=at,
        )
        for notification in fresh
        for channel in notice.channels or ways[notification.recipient_id]
    ]


def _to_robots(notice: Notice, fresh: list[Notification], at: datetime) -> list[Delivery]:
    """A group is told what somebody of the unit was told; whose message it is does not matter (senders.py)."""
    unit_ids = list(notice.units)
    if not unit_ids or not fresh:
        return []
    return [
        Delivery(
            notification=fresh[0],
            robot=robot,
            once_key=f"{notice.kind}:{notice.key}",
            channel=robot.provider,
            urgent=notice.urgent,
            created_at=at,
            due_at=at,
            next_at=at,
        )
        for robot in Robot.objects.filter(unit__in=unit_ids, active=True, refused_at=None)
    ]

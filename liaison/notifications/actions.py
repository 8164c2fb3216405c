"""Telling people: one outbox row per recipient and channel, in the transaction of the act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liaison.accounts.models import User
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
    """Write the rows; the same notice again writes nothing. Returns how many people are newly told."""
    return notify_all([notice], now=now)


def notify_all(notices: Iterable[Notice], *, now: datetime | None = None) -> int:
    """The same for many notices with a handful of queries."""
    at, told = now or timezone.now(), [_Told(notice) for notice in notices]
    rows = [row for each in told for row in each.rows(at)]
    if not rows:
        return 0
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        fresh = _fresh(rows)
        made = [*_to_people(told, fresh, at), *_to_robots(told, fresh, at)]
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        transaction.on_commit(ring)
    return len({delivery.notification_id for delivery in made})


class _Told:
    """A notice and whom it reaches, each person once."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.people = {user.pk: user for user in notice.recipients if user.is_active}
        self.unit_ids = frozenset(notice.units)
        self.place = (notice.kind, notice.key)

    def rows(self, at: datetime) -> list[Notification]:
        """One message for each person."""
        kind, key, context = self.notice.kind, self.notice.key, self.notice.context
        return [
            Notification(recipient=user, kind=kind, key=key, context=context, created_at=at)
            for _pk, user in sorted(self.people.items())
        ]


Fresh = Mapping[tuple[str, str], list[Notification]]


def _fresh(rows: list[Notification]) -> Fresh:
    """Those of the messages that nobody has been told yet, by notice."""
    kinds, keys, people = {row.kind for row in rows}, {row.key for row in rows}, {row.recipient_id for row in rows}
    found: dict[tuple[str, str], list[Notification]] = {}
    for row in Notification.objects.filter(kind__in=kinds, key__in=keys, recipient__in=people, deliveries=None).order_by("pk"):
        found.setdefault((row.kind, row.key), []).append(row)
    return found


def _to_people(told: list[_Told], fresh: Fresh, at: datetime) -> list[Delivery]:
    by_kind: dict[str, dict[int, User]] = {}
    for each in told:
        if not each.notice.channels and each.place in fresh:
            by_kind.setdefault(each.notice.kind, {}).update(each.people)
    ways = {kind: ways_of(people.values(), kind) for kind, people in by_kind.items()}
    return [
        Delivery(
            notification=notification,
            recipient_id=notification.recipient_id,
            channel=channel,
            urgent=each.notice.urgent or each.notice.channels is not None,
            alone=each.notice.channels is not None,
            created_at=at,
            due_at=at,
            next_at=at,
        )
        for each in told
        for notification in fresh.get(each.place, ())
        if notification.recipient_id in each.people
        for channel in each.notice.channels or ways[each.notice.kind][notification.recipient_id]
    ]


def _to_robots(told: list[_Told], fresh: Fresh, at: datetime) -> list[Delivery]:
    """A group is told what somebody of the unit was told; whose message it is does not matter (senders.py)."""
    saying = [each for each in told if each.unit_ids and each.place in fresh]
    unit_ids = frozenset().union(*(each.unit_ids for each in saying))
    robots = list(Robot.objects.filter(unit__in=unit_ids, active=True, refused_at=None)) if unit_ids else []
    return [
        Delivery(
            notification=fresh[each.place][0],
            robot=robot,
            once_key=f"{each.notice.kind}:{each.notice.key}",
            channel=robot.provider,
            urgent=each.notice.urgent,
            created_at=at,
            due_at=at,
            next_at=at,
        )
        for each in saying
        for robot in robots
        if robot.unit_id in each.unit_ids
    ]

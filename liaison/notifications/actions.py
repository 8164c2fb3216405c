"""Telling people: one outbox row per recipient and channel, in the transaction of the act."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from liaison.accounts.models import User
from liaison.notifications.alarms import nobody_told
from liaison.notifications.doorbell import ring
from liaison.notifications.models import Delivery, Robot
from liaison.notifications.notice import Notice
from liaison.notifications.ways import ways_of
from liaison.notifications.writing import Row, Told, write

__all__ = ["Notice", "notify", "notify_all"]


def notify(notice: Notice, *, now: datetime | None = None) -> int:
    """Write the rows; the same notice again writes nothing. Returns how many people are newly told."""
    return notify_all([notice], now=now or timezone.now())[0]


def notify_all(notices: Iterable[Notice], *, now: datetime) -> list[int]:
    """The same for many notices with a handful of statements; how many people are newly told by each."""
    asked = list(notices)
    people = [_people(notice) for notice in asked]
    alarms = nobody_told([notice for notice, some in zip(asked, people, strict=True) if notice.must_reach and not some])
    everything = [*asked, *alarms]
    with transaction.atomic():
        told = write(_rows(everything, [*people, *map(_people, alarms)]), now)
        Delivery.objects.bulk_create(_to_robots(everything, told, now), ignore_conflicts=True)
        if told:
            transaction.on_commit(ring)
    return [told[place].people if place in told else 0 for place in range(len(asked))]


def _people(notice: Notice) -> list[User]:
    return [user for user in notice.recipients if user.is_active]


def _rows(notices: Sequence[Notice], people: Sequence[Sequence[User]]) -> list[Row]:
    """A message for each person; of two notices with the same kind and key a person gets the first."""
    wanted = {
        (notice.kind, notice.key, user.pk): (place, user)
        for place, (notice, some) in reversed(list(enumerate(zip(notices, people, strict=True))))
        for user in some
    }
    ways = ways_of((user, kind) for (kind, _key, _pk), (place, user) in wanted.items() if notices[place].channels is None)
    return [
        Row(place, notices[place], pk, notices[place].channels or ways[pk, kind])
        for (kind, _key, pk), (place, _user) in wanted.items()
    ]


def _to_robots(notices: Sequence[Notice], told: Mapping[int, Told], at: datetime) -> list[Delivery]:
    """A group is told what somebody of the unit was told; whose message it is does not matter (senders.py)."""
    units = {place: set(notices[place].units) for place in told}
    robots = Robot.objects.filter(unit__in=set().union(*units.values()), active=True, refused_at=None)
    by_unit = {robot.unit_id: [each for each in robots if each.unit_id == robot.unit_id] for robot in robots}
    return [
        _post(notices[place], robot, told[place].first, at)
        for place, unit_ids in units.items()
        for unit_id in unit_ids
        for robot in by_unit.get(unit_id, [])
    ]


def _post(notice: Notice, robot: Robot, message: int, at: datetime) -> Delivery:
    return Delivery(
        notification_id=message,
        robot=robot,
        once_key=f"{notice.kind}:{notice.key}",
        channel=robot.provider,
        urgent=notice.urgent,
        created_at=at,
        due_at=Now(),
        next_at=Now(),
    )

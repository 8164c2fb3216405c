"""Whether a claimed delivery goes now, later, or as part of a digest: decided under one lock per person and way."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, F, Max
from django.db.models.functions import Greatest, Least, Now

from liaison.notifications.clock import moment
from liaison.notifications.kinds import group_of
from liaison.notifications.models import Channel, DailyReader, Delivery, DeliveryState, Gathers
from liaison.notifications.models.deliveries import DeliveryQuerySet
from liaison.notifications.outcomes import TakenOver
from liaison.notifications.quiet import morning_after, opening
from liaison.parameters.models import parameter

LEASE: Final = timedelta(seconds=40)
"Longer than one mail can take (EMAIL_TIMEOUT); renewed before each. What a killed worker held is free after it."
BUDGET: Final = "notifications.hourly_budget"
HOUR: Final = timedelta(hours=1)
COLLECT: Final = timedelta(seconds=15)
"For so long nothing new must come before the first digest of a burst goes; each further one of an hour waits twice as long."
DOUBLINGS: Final = 8
"By then it is an hour: about eight lists in the worst one, and what follows a burst that faltered is told soon."
LONGEST: Final = timedelta(minutes=5)
"After so long it goes, although the burst goes on."
FREE: Final = {"lease_until": None, "lease_token": None}
LINES: Final = {channel: number for number, channel in enumerate(Channel, start=7_203_600)}
"Names of the advisory locks."


def begin(delivery: Delivery, token: uuid.UUID) -> bool:
    """Count the try and renew the lease, if it is still ours and this is its turn."""
    with transaction.atomic():
        now = _lock_line(delivery)
        row = _held(delivery, token).select_for_update(no_key=True, of=("self",)).select_related("notification").first()
        return row is not None and _is_its_turn(row, now) and _go(delivery, token)


def keep(delivery: Delivery) -> None:
    """Renew the lease while a long list is written, and just before it is sent; refuses when another worker has it."""
    if delivery.lease_token and not _held(delivery, delivery.lease_token).update(lease_until=Now() + LEASE):
        raise TakenOver(delivery.pk)


def _lock_line(delivery: Delivery) -> datetime:
    """One at a time for this person and way; else two workers would count the same twenty messages. Since when it is held."""
    with connection.cursor() as cursor:
        whose = (delivery.robot_id or delivery.recipient_id or 0) % 2**31
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LINES[Channel(delivery.channel)], whose])
    return moment()


def _held(delivery: Delivery, token: uuid.UUID) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)


def _go(delivery: Delivery, token: uuid.UUID) -> bool:
    delivery.attempts += 1
    return _held(delivery, token).update(lease_until=Now() + LEASE, begun_at=Now(), attempts=F("attempts") + 1) == 1


def _is_its_turn(row: Delivery, now: datetime) -> bool:
    """False when it was put off or gathered; whatever waits with it goes the same way in the same statement."""
    if not row.urgent and (opens := opening(now)) > now:
        _put_off(_idle(row, now).filter(urgent=False) | Delivery.objects.filter(pk=row.pk), opens)
        return False
    if row.attempts or row.alone:
        return True
    if row.gathers == Gathers.BURST:
        _join(row, _waiting(row, now))
    elif row.gathers == Gathers.DAILY:
        return True
    elif kinds := _for_the_daily_one(row, now):
        waiting = _waiting(row, now).filter(urgent=False, notification__kind__in=kinds)
        _join(_collecting(row, Gathers.DAILY) or _new_digest(row, Gathers.DAILY, morning_after(now)), waiting)
        return False
    elif digest := _burst(row, now):
        _join(digest, _waiting(row, now))
        return False
    return True


def _idle(row: Delivery, now: datetime) -> DeliveryQuerySet:
    """What no worker is at, and would find closed offices, too."""
    return _line(row).filter(state=DeliveryState.CREATED, next_at__lte=now)


def _put_off(rows: DeliveryQuerySet, opens: datetime) -> None:
    rows.update(state=DeliveryState.CREATED, next_at=opens, due_at=opens, **FREE)


def _line(row: Delivery) -> DeliveryQuerySet:
    """Everything for the same person or robot by the same way."""
    if row.robot_id:
        return Delivery.objects.filter(robot=row.robot_id)
    return Delivery.objects.filter(recipient=row.recipient_id, channel=row.channel)


def _waiting(row: Delivery, now: datetime) -> DeliveryQuerySet:
    """What is due and no provider has heard of; at night only the urgent ones are due."""
    waiting = _line(row).untried().filter(gathers="", alone=False, next_at__lte=now)
    return waiting if opening(now) <= now else waiting.filter(urgent=True)


def _too_many(row: Delivery, now: datetime) -> bool:
    """Whether this hour's messages and the waiting ones are more than a person wants to get one by one."""
    most = parameter(BUDGET)
    begun = _line(row).filter(gathers="", alone=False, attempts__gt=0, begun_at__gt=now - HOUR)
    both = begun.order_by().values("pk").union(_waiting(row, now).order_by().values("pk"), all=True)
    return both[: most + 1].count() > most


def _burst(row: Delivery, now: datetime) -> Delivery | None:
    """The list that is about to go, which then waits a little longer; with too many also one further off, or a new one."""
    found = _collecting(row, Gathers.BURST)
    soon = found is not None and found.next_at <= now + COLLECT
    if not soon and not _too_many(row, now):
        return None
    if found is None:
        return _new_digest(row, Gathers.BURST, _next_burst(row, now))
    quiet = Greatest(F("next_at"), Least(Now() + COLLECT, F("due_at") + LONGEST))
    Delivery.objects.filter(pk=found.pk).untried().update(next_at=quiet)
    return found


def _next_burst(row: Delivery, now: datetime) -> datetime:
    begun = _line(row).filter(gathers=Gathers.BURST, attempts__gt=0, begun_at__gt=now - HOUR)
    lists = begun.aggregate(count=Count("pk"), last=Max("begun_at"))
    return max(now + COLLECT, lists["last"] + COLLECT * 2 ** min(lists["count"], DOUBLINGS)) if lists["count"] else now + COLLECT


def _for_the_daily_one(row: Delivery, now: datetime) -> set[str]:
    """The kinds that wait for the daily digest; none when this one does not."""
    if row.channel != Channel.EMAIL or row.urgent or row.notification is None or _goes_at_once(row.notification.kind):
        return set()
    if not DailyReader.objects.filter(user=row.recipient_id).exists():
        return set()
    kinds = _waiting(row, now).order_by().values_list("notification__kind", flat=True).distinct()
    return {kind for kind in kinds if not _goes_at_once(kind)}


def _goes_at_once(kind: str) -> bool:
    return group_of(kind).is_statutory(kind)


def _collecting(row: Delivery, why: Gathers) -> Delivery | None:
    """The digest that still takes members."""
    for found in _line(row).untried().filter(gathers=why)[:1]:  # first() would sort, and read the whole table for that
        return found
    return None


def _new_digest(row: Delivery, why: Gathers, at: datetime) -> Delivery:
    return Delivery.objects.create(
        gathers=why, recipient_id=row.recipient_id, robot_id=row.robot_id, channel=row.channel, due_at=at, next_at=at
    )


def _join(digest: Delivery, rows: DeliveryQuerySet) -> None:
    """Membership is written in the transaction that takes the messages out of the line: none is lost, none is in two."""
    if not digest.urgent and rows.filter(urgent=True).exists():
        Delivery.objects.filter(pk=digest.pk).update(urgent=True)
    rows.update(state=DeliveryState.GATHERED, digest=digest, **FREE)

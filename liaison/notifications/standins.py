"""Whoever stands in since a message was written is told, too, when it is sent: the reader is away."""

from collections.abc import Iterable

from liaison.accounts.models import Substitution, User
from liaison.moments import clock
from liaison.notifications.actions import Notice, notify_all
from liaison.notifications.clock import moment
from liaison.notifications.kinds import ACCOUNT, group_of
from liaison.notifications.models import Delivery, Notification
from liaison.notifications.rendering import messages_of


def tell_standins(delivery: Delivery) -> None:
    """Once, as they want to be told, and only of what they may see; who stood in before was told at once (queries.holders)."""
    away = Substitution.objects.on(clock.today()).filter(absent=delivery.recipient_id, substitute__is_active=True)
    standins = [row.substitute for row in away.select_related("substitute")]
    if standins and not delivery.alone:
        told = [_notice(message, _readers(message, standins), delivery) for message in _messages(delivery)]
        notify_all(told, now=moment())


def _messages(delivery: Delivery) -> list[Notification]:
    """What the delivery says, without letters about the reader's own account."""
    messages = Notification.objects.filter(deliveries__digest=delivery)
    if delivery.notification_id is not None:
        messages = Notification.objects.filter(pk=delivery.notification_id)
    return [message for message in messages.order_by("pk") if group_of(message.kind) is not ACCOUNT]


def _readers(message: Notification, standins: Iterable[User]) -> list[User]:
    return [user for user in standins if messages_of([_copy(message, user)])]


def _copy(message: Notification, reader: User) -> Notification:
    """Never saved: what the message would be for another reader."""
    return Notification(recipient=reader, kind=message.kind, key=message.key, context=message.context)


def _notice(message: Notification, readers: list[User], delivery: Delivery) -> Notice:
    return Notice(message.kind, message.key, readers, message.context, urgent=delivery.urgent)

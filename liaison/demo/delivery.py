"""Messages of the simulated year: in the inbox they have arrived, by mail they are not sent any more."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from liaison.notifications.models import Channel, Delivery, DeliveryState, Notification

READ_AFTER: Final = timedelta(hours=2)
UNREAD_FOR: Final = timedelta(days=2)
"How old a message is that nobody has read yet."


def settle(now: datetime) -> int:
    """Nothing of the past is left for the worker; returns how many messages there are."""
    open_ones = Delivery.objects.open()  # all are the load's own: a database with the demonstration's issues is never loaded
    open_ones.filter(channel=Channel.INBOX).update(state=DeliveryState.SENT, sent_at=F("next_at"))
    open_ones.exclude(channel=Channel.INBOX).update(state=DeliveryState.SUPERSEDED)
    past = Notification.objects.filter(created_at__lte=now)
    past.filter(delivered_at=None).update(delivered_at=F("created_at"))
    past.filter(read_at=None, created_at__lte=now - UNREAD_FOR).update(read_at=F("created_at") + READ_AFTER)
    return past.count()

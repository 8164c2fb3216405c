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
    # all are the load's own: a database with the demonstration's issues is never loaded
    Delivery.objects.filter(channel=Channel.INBOX).update(sent_at=F("created_at"))
    Delivery.objects.open().update(state=DeliveryState.SUPERSEDED)
    past = Notification.objects.filter(created_at__lte=now)
    past.update(delivered_at=F("created_at"))
    past.filter(read_at=None, created_at__lte=now - UNREAD_FOR).update(read_at=F("created_at") + READ_AFTER)
    return past.count()

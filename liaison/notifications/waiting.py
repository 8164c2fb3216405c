"""What waits for a time of the day when a demonstration's clock is moved."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from liaison.notifications.models import Delivery, DeliveryState, Gathers


@transaction.atomic
def clock_moved(by: timedelta) -> None:
    """Who waits until offices open is looked at again (a worker decides anew); a daily digest keeps its hour of portal time.

    Tries after failures keep waiting: no provider knows our clock. So does the digest of a burst: its hour is a real one.
    """
    idle = Delivery.objects.filter(state=DeliveryState.CREATED, attempts=0)
    idle.filter(gathers="", next_at__gt=Now()).update(next_at=Now(), due_at=Now())
    idle.filter(gathers=Gathers.DAILY).update(next_at=F("next_at") - by, due_at=F("due_at") - by)

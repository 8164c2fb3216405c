"""What guests told for one meeting is forgotten after it."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from events.actions.step import lock, write_event
from events.models import Invitation, Occasion, OccasionQuerySet
from events.models.invitation import TOLD
from liaison.parameters.models import parameter

logger = logging.getLogger(__name__)
MOST: Final = 200
"Meetings looked at in one sweep; the next one goes on."


def purge_guest_details(now: datetime) -> int:
    """Delete food, number plates and phones after the retention time; found by what is left, safe to run twice."""
    purged = 0
    for pk in to_purge(now).values_list("pk", flat=True)[:MOST]:
        try:
            purged += _purge(pk, now)
        except Exception:  # one bad occasion must not hold up the others
            logger.exception("Guests of occasion %s were not purged", pk)
    return purged


def to_purge(now: datetime) -> OccasionQuerySet:
    """Meetings whose guests' details are kept no longer, the oldest first; the few invitations with details have an index."""
    limit = now - timedelta(days=parameter("events.retention_days"))
    told = Invitation.objects.filter(TOLD).values("occasion")
    return Occasion.objects.filter(pk__in=told, ends_at__lt=limit).order_by("ends_at")


@transaction.atomic
def _purge(occasion_id: int, now: datetime) -> int:
    occasion = lock(occasion_id)
    rows = occasion.invitations.filter(TOLD)
    purged = rows.update(diet="", plate="", guest_phone="", version=F("version") + 1)
    if purged:
        write_event("purged", occasion, None, now, guests=purged)
    return purged

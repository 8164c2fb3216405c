"""The ladder's part of the schedule; every sweep can run twice, late, or beside itself."""

import time
from typing import Final

from celery import shared_task
from django.utils import timezone

from liaison.clocks.actions import acknowledging, climbing
from liaison.notifications.models import Heartbeat

SECONDS: Final = 35
"Less than the soft time limit; what is left is found by the next sweep."


@shared_task
def climb() -> int:
    """Every 15 seconds: settle what is due; how many rungs were reached."""
    Heartbeat.beat("climb")
    return climbing.climb(timezone.now(), until=time.monotonic() + SECONDS).fired


@shared_task
def climb_unacknowledged() -> int:
    """Every minute: tell further up what nobody acknowledged."""
    return acknowledging.climb_unacknowledged(timezone.now(), until=time.monotonic() + SECONDS)

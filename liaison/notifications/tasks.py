"""The worker's part of the outbox."""

import time

from celery import shared_task

from liaison.notifications.delivery import deliver_due, settle_inbox
from liaison.notifications.models import Heartbeat

SECONDS = 35
"Less than the soft time limit, also with one slow mail more; what is left is found by the next bell or sweep."


@shared_task
def deliver() -> int:
    """Send until nothing is due. Any number of these may run at once; each row is claimed by one."""
    Heartbeat.beat("sweep")
    while settle_inbox():
        pass
    until, sent = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (claimed := deliver_due(until=until)):
        sent += claimed
    return sent

"""The worker's part of the outbox."""

import time
from typing import Any

from celery import Task, shared_task
from celery.signals import task_prerun

from liaison.notifications.delivery import deliver_due, settle_inbox
from liaison.notifications.models import Heartbeat

SECONDS = 35
"Less than the soft time limit, also with one slow mail more; what is left is found by the next bell or sweep."


@task_prerun.connect
def beat(task: Task[Any, Any], **_kwargs: Any) -> None:
    """Whatever stands in the schedule beats when it begins, under the name of its entry: no sweep can forget to."""
    for name, entry in task.app.conf.beat_schedule.items():
        if entry["task"] == task.name:
            Heartbeat.beat(name, every=int(entry["schedule"]))


@shared_task
def deliver() -> int:
    """Send until nothing is due. Any number of these may run at once; each row is claimed by one."""
    while settle_inbox():
        pass
    until, sent = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (claimed := deliver_due(until=until)):
        sent += claimed
    return sent

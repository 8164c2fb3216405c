"""Reminders before a meeting: found by state, so that a sweep may run twice, late or beside itself."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from events.enums import Stage
from events.models import Occasion, Reminder
from events.notices import reminder
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter

logger = logging.getLogger(__name__)
PARAMETERS: Final = ("events.first_reminder_hours", "events.second_reminder_hours", "events.last_reminder_hours")


def send_reminders(now: datetime) -> int:
    """Remind of every meeting for which it is time; how many reminders went out."""
    hours = sorted({value for value in map(parameter, PARAMETERS) if value})
    if not hours:
        return 0
    rows = Occasion.objects.filter(stage=Stage.PUBLISHED, starts_at__gt=now, starts_at__lte=now + timedelta(hours=hours[-1]))
    sent = 0
    for pk in rows.order_by("starts_at").values_list("pk", flat=True):
        try:
            sent += _remind(pk, hours, now)
        except Exception:  # one bad meeting must not silence the others (TC17)
            logger.exception("No reminder of occasion %s", pk)
    return sent


@transaction.atomic
def _remind(pk: int, hours: Iterable[int], now: datetime) -> int:
    """The latest reminder that is due; earlier ones that were missed are not made up for."""
    rows = Occasion.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    occasion = rows.filter(pk=pk, stage=Stage.PUBLISHED, starts_at__gt=now).first()
    if occasion is None:  # somebody else is at it, or has just called it off
        return 0
    due = next((each for each in hours if occasion.starts_at - timedelta(hours=each) <= now), None)
    if (
        due is None
        or _known_too_late(occasion, due)
        or occasion.reminders.filter(starts_at=occasion.starts_at, hours=due).exists()
    ):
        return 0
    people = notify(reminder(occasion, due), now=now)
    Reminder.objects.create(occasion=occasion, starts_at=occasion.starts_at, hours=due, sent_at=now, people=people)
    return 1


def _known_too_late(occasion: Occasion, hours: int) -> bool:
    """Published after the moment of the reminder: who is invited now has just been told."""
    assert occasion.published_at is not None  # a database constraint says so
    return occasion.published_at > occasion.starts_at - timedelta(hours=hours)

"""Places: how many are free, who is next, and offers that run out. The caller holds the occasion's row."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from events import notices
from events.actions.step import lock, save_answer, write_event
from events.enums import InvitationState, Stage
from events.models import Invitation, Occasion
from events.places import free_places
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter

logger = logging.getLogger(__name__)
MOST: Final = 500
"Offers looked at in one sweep; the next one goes on."


def offer_places(occasion: Occasion, now: datetime) -> int:
    """Hold every free place for whoever is next in line (TC5); how many were offered."""
    free = free_places(occasion)
    if occasion.stage != Stage.PUBLISHED or occasion.starts_at <= now:
        return 0
    until = min(now + timedelta(hours=parameter("events.hold_hours")), occasion.starts_at)
    rows = occasion.invitations.in_line().select_for_update(no_key=True, of=("self",)).select_related("enterprise")
    offered = list(rows if free is None else rows[:free])
    for invitation in offered:
        invitation.state, invitation.held_until = InvitationState.OFFERED, until
        save_answer(invitation)
        event = write_event("offered", occasion, None, now, enterprise=invitation.enterprise)
        notify(notices.to_invited(event, invitation, "offered"), now=now)
    return len(offered)


def let_offers_lapse(now: datetime) -> int:
    """Offers whose time is over go to the next in line (TC6); found by state, safe to run twice or beside itself."""
    lapsed = 0
    ids = Invitation.objects.run_out(now).order_by("held_until").values_list("occasion_id", flat=True)[:MOST]
    for occasion_id in dict.fromkeys(ids):
        try:
            lapsed += _let_lapse(occasion_id, now)
        except Exception:  # one bad occasion must not hold up the others
            logger.exception("Offers of occasion %s did not lapse", occasion_id)
    return lapsed


@transaction.atomic
def _let_lapse(occasion_id: int, now: datetime) -> int:
    occasion = lock(occasion_id)
    rows = occasion.invitations.run_out(now).select_for_update(no_key=True, of=("self",)).select_related("enterprise")
    lapsed = list(rows)
    for invitation in lapsed:
        invitation.state = InvitationState.LAPSED
        save_answer(invitation)
        event = write_event("lapsed", occasion, None, now, enterprise=invitation.enterprise)
        if occasion.stage == Stage.PUBLISHED and occasion.starts_at > now:
            notify(notices.to_invited(event, invitation, "lapsed"), now=now)
    offer_places(occasion, now)
    return len(lapsed)

"""Why a step of the record is shut although the stage is right; "" where there is simply nothing to do."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.models import Occasion, Revision
from liaison.workflow import Words


def newest_revision(occasion: Occasion) -> Revision | None:
    """The minutes as they were saved last."""
    return occasion.revisions.first()


def nothing_to_submit(occasion: Occasion, _now: datetime) -> Words | None:
    """Only a text that the host has not got yet goes to the host."""
    newest = newest_revision(occasion)
    if newest is None:
        return _("Nobody has written minutes yet.")
    return "" if newest.submitted_at else None


def nothing_to_approve(occasion: Occasion, _now: datetime) -> Words | None:
    """The host decides about what was submitted; what was changed since is submitted again."""
    newest = newest_revision(occasion)
    waits = newest is not None and newest.submitted_at is not None and newest.approved_at is None
    return None if waits else ""


def nothing_taken_away(occasion: Occasion, _now: datetime) -> Words | None:
    """Points that were taken away become issues once."""
    return None if occasion.points.to_take_up().exists() else ""

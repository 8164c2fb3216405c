"""The entrance: event staff only, and only while there is a door."""

from events.models import Occasion
from events.views.lookup import occasion_for
from events.workflow import DOOR_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock

GATE = "door_gate"
"The cookie that keeps the gate's name on this phone."


def occasion_at_door(request: SignedInRequest, slug: str) -> Occasion:
    """The occasion whose guests come; 404, 403 or 409 otherwise."""
    occasion = occasion_for(request.user, slug)
    DOOR_FLOW.check("door", occasion, request.user, clock.now())
    return occasion


def gate_of(request: SignedInRequest) -> str:
    """Which gate this phone stands at."""
    return str(request.session.get(GATE, ""))[:40]

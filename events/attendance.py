"""Which firms came, as far as is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.enums import INVITED, InvitationState
from events.models import Invitation, Occasion


@dataclass(frozen=True)
class Attendance:
    """Who came and who did not."""

    came: Sequence[Invitation]
    absent: Sequence[Invitation]


def attendance_of(occasion: Occasion) -> Attendance:
    """Firms that had said they come count as present; all others that were invited as absent."""
    rows = list(occasion.invitations.filter(state__in=sorted(INVITED)).select_related("enterprise").order_by("pk"))
    came = [row for row in rows if row.state == InvitationState.ACCEPTED]
    return Attendance(came, [row for row in rows if row.state != InvitationState.ACCEPTED])

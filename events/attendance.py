"""Which firms came, as far as is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from events.enums import INVITED, InvitationState
from events.models import Invitation, Occasion


@dataclass(frozen=True)
class Attendance:
    """Who came and who did not."""

    came: Sequence[Invitation]
    absent: Sequence[Invitation]


def attendance_of(occasion: Occasion) -> Attendance:
    """Firms that were let in at the door; where nobody looked at the door, those that had said they come."""
    inside = set(occasion.checkins.all().inside().values_list("invitation_id", flat=True))
    asked = Q(state__in=sorted(INVITED)) | Q(pk__in=inside)  # staff may let in who had only applied
    rows = list(occasion.invitations.filter(asked).select_related("enterprise").order_by("pk"))
    came = [row for row in rows if (row.pk in inside if inside else row.state == InvitationState.ACCEPTED)]
    here = {row.pk for row in came}
    return Attendance(came, [row for row in rows if row.pk not in here])

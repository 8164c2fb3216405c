"""How many places are free, and whether one is for a certain firm. Whoever writes holds the occasion's row."""

from events.enums import InvitationState
from events.models import Invitation, Occasion


def free_places(occasion: Occasion) -> int | None:
    """Places that neither a firm has nor is held for one; None when there is no limit."""
    if occasion.capacity is None:
        return None
    return max(occasion.capacity - occasion.invitations.taking_a_place().count(), 0)


def has_place(occasion: Occasion, invitation: Invitation) -> bool:
    """Whether this firm may come now: its own held place, or a free one that nobody waits for."""
    if invitation.state == InvitationState.OFFERED:
        return True
    free = free_places(occasion)
    if free is None:
        return True
    return free > 0 and not occasion.invitations.in_line().exclude(pk=invitation.pk).exists()

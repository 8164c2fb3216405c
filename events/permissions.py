"""Who may read and do what with meetings."""

from enterprises.permissions import roles_of
from events.enums import Access, Presence, Stage
from events.models import Invitation, Occasion
from events.models.occasion import SEEN
from liaison.accounts.models import User
from liaison.accounts.rights import ADMINISTRATORS, Right, hats_of


def manages(user: User) -> bool:
    """Event staff."""
    return hats_of(user).may(Right.MANAGE_MEETINGS)


def is_manager(_occasion: Occasion, user: User) -> bool:
    """Event staff, of every occasion."""
    return manages(user)


def presides(occasion: Occasion, user: User) -> bool:
    """A leader who hosts or attends, or who stands in for one."""
    return occasion.presiding.filter(leader__in=hats_of(user).owner_ids).exclude(state=Presence.REPLACED).exists()


def is_host(occasion: Occasion, user: User) -> bool:
    """The leader who hosts."""
    rows = occasion.presiding.filter(role="host").exclude(state=Presence.REPLACED)
    return rows.filter(leader__in=hats_of(user).owner_ids).exists()


def may_view(occasion: Occasion, user: User | None) -> bool:
    """The same as OccasionQuerySet.visible_to, for one occasion."""
    if user is not None and (manages(user) or presides(occasion, user)):
        return True
    if occasion.stage == Stage.PLANNED:
        return False
    if occasion.access == Access.PUBLIC:
        return True
    if user is None:
        return False
    if hats_of(user).duties - ADMINISTRATORS:
        return True
    return occasion.invitations.filter(enterprise__in=roles_of(user), state__in=SEEN).exists()


def answers_for(invitation: Invitation, user: User) -> bool:
    """Somebody who represents the firm."""
    return invitation.enterprise_id in roles_of(user)


def manages_invitation(_invitation: Invitation, user: User) -> bool:
    """Event staff."""
    return manages(user)


def answers_or_manages(invitation: Invitation, user: User) -> bool:
    """The firm itself; event staff on its behalf, by telephone."""
    return answers_for(invitation, user) or manages(user)


def sees_figures(user: User) -> bool:
    """Staff of any duty; the three administrators read no business content."""
    return bool(hats_of(user).duties - ADMINISTRATORS)

"""Who may read and do what with meetings."""

from django.db.models import Q

from enterprises.permissions import roles_of
from events.enums import Access, Presence, Stage
from events.models import Invitation, Occasion, OccasionQuerySet, Presiding, Topic
from events.models.occasion import SEEN
from events.models.topic import units_drafting
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


def triages(user: User) -> bool:
    """The desk."""
    return hats_of(user).may(Right.TRIAGE_ISSUES)


def takes_up(_occasion: Occasion, user: User) -> bool:
    """Whoever turns what was taken away into issues: event staff, and the desk."""
    return manages(user) or triages(user)


def reads_record(occasion: Occasion, user: User) -> bool:
    """Who reads every topic and every point: event staff, the desk, who presides; all staff once the minutes are approved."""
    if manages(user) or triages(user) or presides(occasion, user):
        return True
    approved = occasion.stage in {Stage.MINUTED, Stage.CLOSED}
    return approved and bool(hats_of(user).duties - ADMINISTRATORS)


def records_read_by(user: User) -> OccasionQuerySet:
    """The same as reads_record, of many occasions."""
    if manages(user) or triages(user):
        return Occasion.objects.all()
    there = Presiding.objects.filter(leader__in=hats_of(user).owner_ids).exclude(state=Presence.REPLACED)
    approved = bool(hats_of(user).duties - ADMINISTRATORS)
    minuted = Q(stage__in=[Stage.MINUTED, Stage.CLOSED]) if approved else Q(pk__in=[])
    return Occasion.objects.filter(Q(pk__in=there.values("occasion")) | minuted)


def reads_drafts(occasion: Occasion, user: User) -> bool:
    """Who reads minutes that are not approved yet."""
    return manages(user) or presides(occasion, user)


def prepares(occasion: Occasion, user: User) -> bool:
    """Who opens the papers that prepare a meeting: event staff, and who presides or stands in."""
    return manages(user) or presides(occasion, user)


def drafts_reply(topic: Topic, user: User) -> bool:
    """Somebody of the unit that was asked for a draft reply."""
    return topic.unit_id in units_drafting(user)


def manages_topic(_topic: Topic, user: User) -> bool:
    """Event staff."""
    return manages(user)


def proposed_it(topic: Topic, user: User) -> bool:
    """Somebody who represents the firm that proposed it."""
    return topic.enterprise_id in roles_of(user)


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

"""Who is told what about meetings; templates/notices/event_* hold the words."""

from collections.abc import Iterable

from enterprises.models import Representative
from events.enums import LIVE, InvitationState
from events.models import Invitation, Occasion, OccasionEvent
from liaison.accounts.models import User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.notifications.actions import Notice


def people_of(enterprise_ids: Iterable[int]) -> dict[int, list[User]]:
    """Who represents these firms today, by firm; one query however many they are."""
    found: dict[int, list[User]] = {}
    rows = Representative.objects.open().filter(enterprise__in=list(enterprise_ids)).select_related("user")
    for row in rows:
        found.setdefault(row.enterprise_id, []).append(row.user)
    return found


def to_invited(event: OccasionEvent, invitation: Invitation, kind: str) -> Notice:
    """Everybody who represents the firm; ``event`` makes it once-only."""
    return _of(event, invitation, kind, people_of([invitation.enterprise_id]).get(invitation.enterprise_id, []))


def to_all_invited(event: OccasionEvent, invitations: Iterable[Invitation], kind: str) -> list[Notice]:
    """The same for many firms with one query; who represents several of them is told once for each firm."""
    rows = list(invitations)
    people = people_of(row.enterprise_id for row in rows)
    return [_of(event, row, kind, people.get(row.enterprise_id, [])) for row in rows]


def to_staff(event: OccasionEvent, invitation: Invitation, kind: str) -> Notice:
    """Event staff."""
    told = [user for user in holders(RIGHTS[Right.MANAGE_MEETINGS]) if user.pk != event.actor_id]
    return _of(event, invitation, kind, told)


def to_presiding(event: OccasionEvent, kind: str) -> Notice:
    """The leaders who host or attend."""
    rows = event.occasion.presiding.exclude(state="replaced").select_related("leader")
    told = [row.leader for row in rows if row.leader_id != event.actor_id]
    return Notice(f"event_{kind}", f"event:{event.occasion_id}:{event.pk}", told, {"occasion": event.occasion_id})


def live(occasion: Occasion) -> Iterable[Invitation]:
    """Invitations that still mean something."""
    return occasion.invitations.filter(state__in=sorted(LIVE)).order_by("pk")


def coming(occasion: Occasion) -> Iterable[Invitation]:
    """Firms that come."""
    return occasion.invitations.filter(state=InvitationState.ACCEPTED).order_by("pk")


def _of(event: OccasionEvent, invitation: Invitation, kind: str, people: Iterable[User]) -> Notice:
    key = f"event:{event.occasion_id}:{event.pk}:{invitation.enterprise_id}"
    context = {"occasion": event.occasion_id, "invitation": invitation.pk, "sequence": event.occasion.sequence}
    return Notice(f"event_{kind}", key, [user for user in people if user.pk != event.actor_id], context)


def reminder(occasion: Occasion, hours: int) -> Notice:
    """Whoever comes or presides, once each, however many firms they come for (TC14)."""
    people = people_of(row.enterprise_id for row in coming(occasion))
    told = {user.pk: user for users in people.values() for user in users}
    told |= {row.leader_id: row.leader for row in occasion.presiding.exclude(state="replaced").select_related("leader")}
    starts_at = occasion.starts_at.isoformat()
    key = f"event:{occasion.pk}:{starts_at}:{hours}"
    return Notice("event_reminder", key, list(told.values()), {"occasion": occasion.pk, "starts_at": starts_at}, urgent=True)

"""Who is told what about meetings; templates/notices/event_* hold the words."""

from collections.abc import Iterable

from enterprises.models import Representative
from events.enums import LIVE, InvitationState
from events.models import Invitation, Occasion, OccasionEvent, Topic
from liaison.accounts.models import Duty, Substitution, User
from liaison.accounts.queries import holders
from liaison.accounts.rights import RIGHTS, Right
from liaison.moments import clock
from liaison.notifications.actions import Notice

UNIT_DESK = (Duty.LIAISON, Duty.HEAD)


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
    """The leaders who host or attend, and who stands in for them."""
    return to_leaders(event, kind, presiding_of(event.occasion))


def to_leaders(event: OccasionEvent, kind: str, leaders: Iterable[User]) -> Notice:
    """Certain leaders, and who stands in for them."""
    people = list(leaders)
    return _about(event, kind, [*people, *stand_ins_of(people)])


def presiding_of(occasion: Occasion) -> list[User]:
    """Who hosts or attends, as far as is known today."""
    return [row.leader for row in occasion.presiding.exclude(state="replaced").select_related("leader")]


def to_organisers(event: OccasionEvent, kind: str, **context: int) -> Notice:
    """Event staff, of what is not about one invitation."""
    return _about(event, kind, holders(RIGHTS[Right.MANAGE_MEETINGS]), **context)


def to_host(event: OccasionEvent, kind: str) -> Notice:
    """The leader who hosts, and who stands in."""
    rows = event.occasion.presiding.filter(role="host").exclude(state="replaced").select_related("leader")
    return to_leaders(event, kind, [row.leader for row in rows])


def to_unit_of(event: OccasionEvent, topic: Topic, kind: str) -> Notice:
    """Liaison officers and heads of the unit that is asked for a draft reply."""
    return _about(event, kind, holders(UNIT_DESK, [topic.unit_id] if topic.unit_id else []), topic=topic.pk)


def stand_ins_of(people: Iterable[User]) -> list[User]:
    """Who stands in for them today."""
    rows = Substitution.objects.on(clock.today()).filter(absent__in=[user.pk for user in people]).select_related("substitute")
    return [row.substitute for row in rows]


def _about(event: OccasionEvent, kind: str, people: Iterable[User], **context: int) -> Notice:
    told = list({user.pk: user for user in people if user.pk != event.actor_id}.values())
    return Notice(f"event_{kind}", f"event:{event.occasion_id}:{event.pk}", told, {"occasion": event.occasion_id, **context})


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
    leaders = presiding_of(occasion)
    told |= {user.pk: user for user in [*leaders, *stand_ins_of(leaders)]}
    starts_at = occasion.starts_at.isoformat()
    key = f"event:{occasion.pk}:{starts_at}:{hours}"
    return Notice("event_reminder", key, list(told.values()), {"occasion": occasion.pk, "starts_at": starts_at}, urgent=True)

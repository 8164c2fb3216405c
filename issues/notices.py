"""Who is told what. One function per audience, one kind per message; templates/notices/issue_* hold the words."""

from collections.abc import Iterable
from functools import cache

from enterprises.models import Representative
from issues.enums import OrderRole, Urgency
from issues.models import Issue, IssueEvent, Order, Summons, SupervisionOrder
from issues.permissions import is_staff_side, may_view
from liaison.accounts.models import Duty, User
from liaison.accounts.queries import holders, unit_ids_of
from liaison.accounts.rights import nobody_moves
from liaison.notifications.actions import Notice

UNIT_DESK = (Duty.LIAISON, Duty.HEAD)


def to_firm(event: IssueEvent, kind: str) -> Notice:
    """Everybody who represents the firm today."""
    users = (
        row.user
        for row in Representative.objects.filter(enterprise=event.issue.enterprise_id, ended_at=None).select_related("user")
    )
    return _notice(event, kind, users)


def to_desk(event: IssueEvent, kind: str) -> Notice:
    """All desk officers who may read the issue."""
    return _notice(event, kind, holders([Duty.DESK]), unit_ids_of([Duty.DESK]))


def to_callers(event: IssueEvent, kind: str) -> Notice:
    """Callers outside the units that handled it."""
    return _notice(event, kind, holders([Duty.CALLER]))


def to_inspectors(event: IssueEvent, kind: str) -> Notice:
    """The inspection office."""
    return _notice(event, kind, holders([Duty.INSPECTOR]))


def to_leaders_in_charge(event: IssueEvent, kind: str) -> Notice:
    """Leaders in charge of the lead unit."""
    return _notice(event, kind, holders([Duty.LEADER], _unit_ids(event.issue.lead_unit_id)))


def to_addressee(event: IssueEvent, kind: str) -> Notice:
    """The main leader whom the direct line is addressed to."""
    return _notice(event, kind, [event.issue.leader] if event.issue.leader else [])


def to_units(event: IssueEvent, kind: str, orders: Iterable[Order]) -> Notice:
    """Liaison officers and heads of the units ordered."""
    unit_ids = [order.unit_id for order in orders]
    return _notice(event, kind, holders(UNIT_DESK, unit_ids), unit_ids)


def to_lead(event: IssueEvent, kind: str) -> Notice:
    """The lead unit: its liaison officers and the handler."""
    handlers = [order.handler for order in _current(event.issue) if order.role == OrderRole.LEAD and order.handler]
    unit_ids = _unit_ids(event.issue.lead_unit_id)
    return _notice(event, kind, [*holders([Duty.LIAISON], unit_ids), *handlers], unit_ids)


def to_lead_heads(event: IssueEvent, kind: str) -> Notice:
    """Who may sign off."""
    return _notice(event, kind, holders([Duty.HEAD, Duty.DEPUTY], _unit_ids(event.issue.lead_unit_id)))


def to_handler(event: IssueEvent, kind: str) -> Notice:
    """The handlers of the current round."""
    return _notice(event, kind, [order.handler for order in _current(event.issue) if order.handler])


# --- supervision: told to staff who may read the issue as staff, never to a firm --------------------------
def of_supervision(kind: str, told: Iterable[tuple[IssueEvent, SupervisionOrder]]) -> list[Notice]:
    """The supervised units' liaison officers and heads; many orders at once cost a query for each unit, not for each order."""
    return _to_supervised(f"supervision_{kind}", ((event, order.unit_id, {"order": order.pk}) for event, order in told))


def of_summons(kind: str, told: Iterable[tuple[IssueEvent, Summons]]) -> list[Notice]:
    """The summoned units' liaison officers and heads."""
    return _to_supervised(f"summons_{kind}", ((event, summons.unit_id, {"summons": summons.pk}) for event, summons in told))


def supervision_answered(event: IssueEvent, order: SupervisionOrder) -> Notice:
    """The inspection office."""
    return _internal(event, "supervision_answered", holders([Duty.INSPECTOR]), {"order": order.pk})


def _to_supervised(kind: str, told: Iterable[tuple[IssueEvent, int | None, dict[str, int]]]) -> list[Notice]:
    people_of = cache(lambda unit_id: holders(UNIT_DESK, [unit_id]))
    with nobody_moves():
        return [
            _internal(event, kind, people_of(unit_id), about, [unit_id]) for event, unit_id, about in told if unit_id is not None
        ]


def _internal(event: IssueEvent, kind: str, users: Iterable[User], about: dict[str, int], unit_ids: Iterable[int] = ()) -> Notice:
    issue = event.issue
    told = [user for user in users if user.pk != event.actor_id and is_staff_side(issue, user)]
    context = {"issue": event.issue_id, "event": event.pk, **about}
    urgent = issue.urgency == Urgency.URGENT
    return Notice(f"issue_{kind}", f"issue:{event.issue_id}:{event.pk}", told, context, units=unit_ids, urgent=urgent)


def _current(issue: Issue) -> list[Order]:
    return [order for order in issue.orders.select_related("handler") if order.round == issue.round and order.is_live]


def _unit_ids(unit_id: int | None) -> list[int]:
    return [] if unit_id is None else [unit_id]


def _notice(event: IssueEvent, kind: str, users: Iterable[User], unit_ids: Iterable[int] = ()) -> Notice:
    """Never to the actor, never to somebody who may not read the issue; to the groups of units that are told as such."""
    others = [user for user in users if user.pk != event.actor_id]
    issue = event.issue
    if len(others) > 1:  # read once what every reader's standing is worked out from
        issue = Issue.objects.prefetch_related("concerns", "orders", "callbacks").get(pk=event.issue_id)
    told = [user for user in others if may_view(issue, user)]
    return Notice(
        f"issue_{kind}",
        f"issue:{event.issue_id}:{event.pk}",
        told,
        {"issue": event.issue_id, "event": event.pk},
        units=unit_ids,
        urgent=issue.urgency == Urgency.URGENT,
    )

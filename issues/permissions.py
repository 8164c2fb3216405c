"""How a person stands to an issue. Every step of the flow names the standings that may do it."""

from collections.abc import Callable
from enum import StrEnum

from enterprises.permissions import roles_of
from issues.enums import OrderRole, Stage
from issues.models import Issue, Order
from issues.models.issue import CALLER_STAGES
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right, hats_of, shadowed_by


class Standing(StrEnum):
    """What somebody is with regard to one issue."""

    FIRM = "firm"
    ENTERED_IT = "entered_it"
    DESK = "desk"
    CALLER = "caller"
    OVERSEER = "overseer"
    ADDRESSEE = "addressee"
    LEADER = "leader"
    LEAD_LIAISON = "lead_liaison"
    LEAD_HANDLER = "lead_handler"
    LEAD_HEAD = "lead_head"
    CO_LIAISON = "co_liaison"
    CO_MEMBER = "co_member"
    ORDER_READER = "order_reader"


Standings = frozenset[Standing]
READERS = frozenset(Standing) - {Standing.FIRM, Standing.ENTERED_IT}
"Standings that let one read an issue that was sent."


def standings(issue: Issue, user: User) -> Standings:
    """All that ``user`` is to ``issue`` today; worked out once per issue object and person."""
    known: dict[int, Standings] = issue.__dict__.setdefault("_standings", {})
    if user.pk not in known:
        known[user.pk] = _work_out(issue, user)
    return known[user.pk]


def _work_out(issue: Issue, user: User) -> Standings:
    found: set[Standing] = set()
    entered_by_staff = issue.entered_by_unit_id is not None
    if not (issue.stage == Stage.DRAFT and entered_by_staff) and issue.enterprise_id in represented_ids(user):
        found.add(Standing.FIRM)
    hats = hats_of(user)
    if not hats.is_staff:
        return frozenset(found)
    named = {concern.official_id for concern in issue.concerns.all()}
    if named and named & shadowed_by(user):  # who is above whom is asked only where somebody is named
        return frozenset(found)
    if entered_by_staff and issue.created_by_id == user.pk:
        found.add(Standing.ENTERED_IT)
    if issue.stage != Stage.DRAFT:
        found |= _by_right(issue, hats) | _by_order(issue, hats, user)
    return frozenset(found)


def _by_right(issue: Issue, hats: Hats) -> set[Standing]:
    held = {
        Standing.DESK: hats.may(Right.TRIAGE_ISSUES),
        Standing.OVERSEER: hats.may(Right.OVERSEE_ISSUES),
        Standing.ADDRESSEE: hats.may(Right.DIRECT) and issue.leader_id in hats.owner_ids,
    }
    return {standing for standing, holds in held.items() if holds}


def _by_order(issue: Issue, hats: Hats, user: User) -> set[Standing]:
    found: set[Standing] = set()
    orders = list(issue.orders.all())
    if any(hats.may(Right.READ_ORDERS, order.unit_id) for order in orders) and not hats.everywhere(Right.READ_ORDERS):
        found.add(Standing.ORDER_READER)
    leads = [order for order in orders if order.role == OrderRole.LEAD]
    if leads:
        found |= _as_lead(leads[-1], hats)
    for order in orders:
        if order.role == OrderRole.CO and order.round == issue.round and order.is_live:
            found |= _as_co(order, hats)
    if hats.may(Right.CALL_BACK) and _may_call(issue, orders, hats, user):
        found.add(Standing.CALLER)
    return found


def _as_lead(order: Order, hats: Hats) -> set[Standing]:
    held = {
        Standing.LEAD_LIAISON: hats.may(Right.ACCEPT_ORDERS, order.unit_id),
        Standing.LEAD_HANDLER: order.handler_id in hats.owner_ids and hats.may(Right.HANDLE_ORDERS, order.unit_id),
        Standing.LEAD_HEAD: hats.may(Right.SIGN_OFF, order.unit_id),
        Standing.LEADER: hats.may(Right.LEAD_UNITS, order.unit_id),
    }
    return {standing for standing, holds in held.items() if holds}


def _as_co(order: Order, hats: Hats) -> set[Standing]:
    found = {Standing.CO_LIAISON} if hats.may(Right.ACCEPT_ORDERS, order.unit_id) else set()
    if any(hats.may(right, order.unit_id) for right in (Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)):
        found.add(Standing.CO_MEMBER)
    return found


def _may_call(issue: Issue, orders: list[Order], hats: Hats, user: User) -> bool:
    """A caller stands outside every unit that handled the issue; who called before may read on."""
    outside = not {order.unit_id for order in orders} & {hat.unit_id for hat in hats.hats}
    return (outside and issue.stage in CALLER_STAGES) or any(call.by_id == user.pk for call in issue.callbacks.all())


def represented_ids(user: User) -> frozenset[int]:
    """Enterprises that ``user`` represents today; read once per user object."""
    return frozenset(roles_of(user))


def may_view(issue: Issue, user: User) -> bool:
    """The same answer as ``Issue.objects.visible_to(user)``, for one issue."""
    held = standings(issue, user)
    if issue.stage == Stage.DRAFT:
        return bool(held & {Standing.FIRM, Standing.ENTERED_IT})
    return bool(held & (READERS | {Standing.FIRM}))


def may_know_firm(issue: Issue, user: User) -> bool:
    """Whether ``user`` may know whose issue it is: of a sensitive one only the firm, the desk and its caller."""
    return not issue.sensitive or bool(
        standings(issue, user) & {Standing.FIRM, Standing.DESK, Standing.CALLER, Standing.ENTERED_IT},
    )


def is_staff_side(issue: Issue, user: User) -> bool:
    """Whether ``user`` reads internal notes and events of ``issue``."""
    return bool(standings(issue, user) & READERS)


def one_of(*wanted: Standing) -> Callable[[Issue, User], bool]:
    """A predicate for the flow: the person has one of these standings."""
    wanted_set = frozenset(wanted)

    def holds(issue: Issue, user: User) -> bool:
        return bool(standings(issue, user) & wanted_set)

    return holds

"""Orders to units: dispatch, acceptance, sending back, a second round."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from issues import notices
from issues.actions.step import begin, decide, finish, void_petitions
from issues.actions.supervision import give_to_lead_unit
from issues.enums import LIVE_ORDERS, OrderRole, OrderState, PetitionKind, Stage, Timed
from issues.models import Issue, Order, Petition
from issues.timing import opinion_limit
from issues.workflow import ISSUE_FLOW
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.clocks.actions.rules import limit_in_force
from liaison.notifications.actions import notify
from liaison.workdays.limits import Limit, LimitUnit, due_at
from liaison.workdays.portal import calendar
from liaison.workflow import StepNotOpen


@transaction.atomic
def dispatch_issue(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    lead_unit: Unit,
    limit: int | Limit | None = None,
    co_units: Iterable[Unit] = (),
    note: str = "",
    version: int | None = None,
) -> Issue:
    """Order units to handle it; the answer's time runs from here, not from acceptance."""
    issue = begin("dispatch", issue, by, now, version)
    limit = limit_of(limit) or limit_in_force(Timed.ANSWER, issue.nature, issue.urgency)
    orders = _issue_orders(issue, by, now, lead_unit, co_units, limit)
    event = finish(
        "dispatch", issue, by, now, fields=["lead_unit", "due_at", "dispatched_at"], text=note,
        lead_unit=lead_unit.code, co_units=[order.unit.code for order in orders[1:]], limit=limit.amount, limit_unit=limit.unit,
    )  # fmt: skip
    give_to_lead_unit(issue, by, now)
    notify(notices.to_units(event, "dispatched", orders), now=now)
    notify(notices.to_firm(event, "handed_on"), now=now)
    return issue


def limit_of(given: int | Limit | None) -> Limit | None:
    """A bare number is of working days."""
    return Limit(given, LimitUnit.WORKING_DAYS) if isinstance(given, int) else given


def _issue_orders(issue: Issue, by: User, now: datetime, lead: Unit, co_units: Iterable[Unit], limit: Limit) -> list[Order]:
    for_opinion = opinion_limit(limit, limit_in_force(Timed.OPINION))
    # A transfer keeps the clock: after a send-back the time still runs from the round's first dispatch.
    sent_back = issue.orders.filter(round=issue.round, role=OrderRole.LEAD, state=OrderState.RETURNED).exists()
    start = issue.dispatched_at if sent_back and issue.dispatched_at else now
    parts = [(lead, OrderRole.LEAD, limit), *((unit, OrderRole.CO, for_opinion) for unit in co_units if unit.pk != lead.pk)]
    orders = [
        Order(
            issue=issue,
            unit=unit,
            role=role,
            round=issue.round,
            limit_amount=int(own.amount),
            limit_unit=own.unit.value,
            issued_by=by,
            issued_at=now,
            due_at=due_at(calendar(), start if role == OrderRole.LEAD else now, own),
        )
        for unit, role, own in parts
    ]
    Order.objects.bulk_create(orders)
    issue.lead_unit, issue.due_at, issue.dispatched_at = lead, orders[0].due_at, start
    return orders


@transaction.atomic
def accept_order(issue: Issue, *, by: User, now: datetime, handler: User, note: str = "", version: int | None = None) -> Issue:
    """The lead unit's liaison takes the order and names the handler."""
    issue = begin("accept", issue, by, now, version)
    _accept(issue.orders.get(role=OrderRole.LEAD, round=issue.round, state=OrderState.ISSUED), by, handler, now)
    void_petitions(issue)
    event = finish("accept", issue, by, now, text=note, handler=handler.username)
    notify(notices.to_firm(event, "accepted"), now=now)
    notify(notices.to_handler(event, "assigned"), now=now)
    return issue


@transaction.atomic
def accept_co_order(issue: Issue, *, by: User, now: datetime, handler: User, note: str = "", version: int | None = None) -> Issue:
    """A co-unit's liaison takes its part and names the handler."""
    issue = begin("accept-co", issue, by, now, version)
    units = hats_of(by).units(Right.ACCEPT_ORDERS)
    order = issue.orders.filter(role=OrderRole.CO, round=issue.round, state=OrderState.ISSUED, unit__in=units).first()
    if order is None:
        raise StepNotOpen(ISSUE_FLOW["accept-co"], issue)
    _accept(order, by, handler, now)
    event = finish("accept-co", issue, by, now, text=note, handler=handler.username, unit=order.unit.code)
    notify(notices.to_handler(event, "assigned"), now=now)
    return issue


def _accept(order: Order, by: User, handler: User, now: datetime) -> None:
    order.state, order.accepted_by, order.accepted_at, order.handler = OrderState.ACCEPTED, by, now, handler
    order.save(update_fields=["state", "accepted_by", "accepted_at", "handler"])


@transaction.atomic
def reassign_order(issue: Issue, *, by: User, now: datetime, handler: User, note: str = "", version: int | None = None) -> Issue:
    """Give the lead unit's part to another handler."""
    issue = begin("reassign", issue, by, now, version)
    order = issue.orders.get(role=OrderRole.LEAD, round=issue.round, state__in=LIVE_ORDERS)
    order.handler = handler
    order.save(update_fields=["handler"])
    event = finish("reassign", issue, by, now, text=note, handler=handler.username)
    notify(notices.to_handler(event, "assigned"), now=now)
    return issue


@transaction.atomic
def ask_send_back(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    reason: str,
    basis: str,
    proposed_unit: Unit | None = None,
    version: int | None = None,
) -> Issue:
    """The unit's head says that it is not theirs; the answer's time goes on."""
    issue = begin("ask-send-back", issue, by, now, version)
    Petition.objects.create(
        issue=issue, kind=PetitionKind.SEND_BACK, round=issue.round, unit=issue.lead_unit, asked_by=by, asked_at=now,
        reason=reason, basis=basis, proposed_unit=proposed_unit,
    )  # fmt: skip
    event = finish("ask-send-back", issue, by, now, text=reason, proposed_unit=proposed_unit.code if proposed_unit else "")
    notify(notices.to_desk(event, "send_back_asked"), now=now)
    return issue


@transaction.atomic
def decide_send_back(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """The desk's decision is final."""
    issue = begin("decide-send-back", issue, by, now, version)
    to = Stage.ADMITTED if result == "approve" else Stage.DISPATCHED
    lead = issue.orders.filter(role=OrderRole.LEAD, round=issue.round, state=OrderState.ISSUED).select_related("unit")
    orders = list(lead)
    decide(issue, PetitionKind.SEND_BACK, by, now, result, note)
    if to == Stage.ADMITTED:
        issue.orders.filter(round=issue.round, role=OrderRole.LEAD).update(state=OrderState.RETURNED)
        issue.orders.filter(round=issue.round, role=OrderRole.CO, state__in=LIVE_ORDERS).update(state=OrderState.CANCELLED)
    event = finish("decide-send-back", issue, by, now, to=to, text=note, result=result, unit=orders[0].unit.code)
    notify(notices.to_units(event, "send_back_decided", orders), now=now)
    return issue


@transaction.atomic
def redo_issue(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    reason: str,
    limit: int | Limit | None = None,
    lead_unit: Unit | None = None,
    note: str = "",
    version: int | None = None,
) -> Issue:
    """A new round with a new order; from the second time on the leader in charge is told."""
    issue = begin("redo", issue, by, now, version)
    first = issue.orders.filter(role=OrderRole.LEAD).order_by("pk").first()
    lead = lead_unit or issue.lead_unit
    if lead is None:  # the desk answered at once, so no unit has had it: it must name one
        raise StepNotOpen(ISSUE_FLOW["redo"], issue)
    issue.orders.filter(state__in=LIVE_ORDERS).update(state=OrderState.DONE)
    issue.round += 1
    issue.outcome, issue.answered_at, issue.closed_at, issue.recheck_on = "", None, None, None
    issue.contacted_at = None
    own = limit_of(limit) or (first.limit if first else limit_in_force(Timed.ANSWER, issue.nature, issue.urgency))
    orders = _issue_orders(issue, by, now, lead, (), own)
    fields = [
        "round",
        "contacted_at",
        "lead_unit",
        "due_at",
        "dispatched_at",
        "outcome",
        "answered_at",
        "closed_at",
        "recheck_on",
    ]
    event = finish(
        "redo",
        issue,
        by,
        now,
        fields=fields,
        text=note,
        reason=reason,
        limit=own.amount,
        limit_unit=own.unit,
        lead_unit=lead.code,
    )
    give_to_lead_unit(issue, by, now)
    notify(notices.to_units(event, "redo", orders), now=now)
    notify(notices.to_firm(event, "redo_for_firm"), now=now)
    if issue.round > 2:  # noqa: PLR2004 - the third round is the second "redo"
        notify(notices.to_leaders_in_charge(event, "redo_again"), now=now)
    return issue

"""Supervision orders: opened by a directive, a rung of the ladder or an inspector; answered, returned, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from issues import notices
from issues.actions.rungs import events_of, locked, not_fired
from issues.actions.step import lock, write_event
from issues.enums import SUPERVISION_OWED
from issues.inspection import BY_HAND, SUPERVISION_FLOW
from issues.models import Directive, Issue, IssueEvent, NumberSeries, SupervisionAnswer, SupervisionOrder
from issues.permissions import is_staff_side
from liaison.accounts.models import Unit, User
from liaison.notifications.actions import notify, notify_all
from liaison.parameters.models import parameter
from liaison.workdays import ZONE, due_after, end_of

SUPERVISION_SERIES: Final = "supervision-order"


@dataclass(frozen=True)
class Opened:
    """One order to be opened; with a clock and a rung it is the ladder's, and opened at most once."""

    issue: Issue
    unit: Unit | None
    text: str
    due_at: datetime
    by: User | None = None
    directive: Directive | None = None
    clock_id: int | None = None
    level: int | None = None


def usual_due(now: datetime) -> datetime:
    """When the unit has to answer, where nobody says otherwise."""
    return due_after(now, parameter("issues.supervision_days"))


@transaction.atomic
def open_supervision_order(
    issue: Issue,
    *,
    now: datetime,
    by: User | None,
    unit: Unit | None,
    text: str,
    due_at: datetime,
    directive: Directive | None = None,
    clock_id: int | None = None,
    level: int | None = None,
) -> SupervisionOrder:
    """Open one; a rung that has opened one already gets that one."""
    opened = open_supervision_orders([Opened(issue, unit, text, due_at, by, directive, clock_id, level)], now=now)
    return opened[0] if opened else SupervisionOrder.objects.get(clock_id=clock_id, level=level)


@transaction.atomic
def open_supervision_orders(items: Iterable[Opened], *, now: datetime) -> list[SupervisionOrder]:
    """Open many with one lock of the series and a handful of queries; rungs that fired before are left out."""
    wanted = list(items)
    issues = locked(item.issue for item in wanted)
    wanted = not_fired(SupervisionOrder, wanted)
    if not wanted:
        return []
    year = now.astimezone(ZONE).year
    serials = NumberSeries.take_many(SUPERVISION_SERIES, year, len(wanted))
    orders = SupervisionOrder.objects.bulk_create(
        _row(item, issues[item.issue.pk], year, serial, now) for item, serial in zip(wanted, serials, strict=True)
    )
    events = events_of("supervision-open", orders, now)
    notify_all(notices.of_supervision("opened", zip(events, orders, strict=True)), now=now)
    return orders


def _row(item: Opened, issue: Issue, year: int, serial: int, now: datetime) -> SupervisionOrder:
    return SupervisionOrder(
        year=year, serial=serial, issue=issue, unit=item.unit, text=item.text, due_at=item.due_at, opened_by=item.by,
        opened_at=now, directive=item.directive, clock_id=item.clock_id, level=item.level,
    )  # fmt: skip


@transaction.atomic
def supervise_issue(
    issue: Issue, *, by: User, now: datetime, text: str, until: date, unit: Unit | None = None
) -> SupervisionOrder:
    """An inspector opens one by hand."""
    issue = lock(issue)
    if not is_staff_side(issue, by):
        raise PermissionDenied
    BY_HAND.check("supervise", issue, by, now)
    return open_supervision_order(issue, now=now, by=by, unit=unit or issue.lead_unit, text=text, due_at=end_of(until))


def give_to_lead_unit(issue: Issue, by: User, now: datetime) -> None:
    """A directive came before the dispatch: its order becomes the lead unit's, whose time begins now. The issue is locked."""
    waiting = issue.supervision_orders.filter(unit=None, stage__in=sorted(SUPERVISION_OWED)).select_related("issue", "directive")
    for order in waiting:
        order.issue, order.unit, order.due_at = issue, issue.lead_unit, usual_due(now)
        order.save(update_fields=["unit", "due_at"])
        event = _tell_story("supervision-unit", order, by, now, unit=order.unit.code if order.unit else "")
        notify_all(notices.of_supervision("opened", [(event, order)]), now=now)


@transaction.atomic
def answer_supervision_order(order: SupervisionOrder, *, by: User, now: datetime, text: str) -> SupervisionOrder:
    """The unit reports what it has done."""
    order = _begin("answer", order, by, now)
    SupervisionAnswer.objects.create(order=order, text=text, by=by, at=now)
    order.answered_by, order.answered_at = by, now
    _save("answer", order, "answered_by", "answered_at")
    event = _tell_story("supervision-answer", order, by, now, text)
    notify(notices.supervision_answered(event, order), now=now)
    return order


@transaction.atomic
def return_supervision_answer(order: SupervisionOrder, *, by: User, now: datetime, reason: str) -> SupervisionOrder:
    """The answer is not enough; it stays on record, and the unit has the usual time again."""
    order = _begin("return", order, by, now)
    order.answers.filter(returned_at=None).update(returned_note=reason, returned_by=by, returned_at=now)
    order.answered_by, order.answered_at, order.due_at = None, None, usual_due(now)
    _save("return", order, "answered_by", "answered_at", "due_at")
    event = _tell_story("supervision-return", order, by, now, reason)
    notify_all(notices.of_supervision("returned", [(event, order)]), now=now)
    return order


@transaction.atomic
def close_supervision_order(order: SupervisionOrder, *, by: User, now: datetime, note: str) -> SupervisionOrder:
    """Somebody other than who answered finds that what was asked is done."""
    order = _begin("close", order, by, now)
    order.closed_by, order.closed_at, order.closing_note = by, now, note
    _save("close", order, "closed_by", "closed_at", "closing_note")
    event = _tell_story("supervision-close", order, by, now, note)
    notify_all(notices.of_supervision("closed", [(event, order)]), now=now)
    return order


SUPERVISION_ACTIONS: Final[dict[str, Any]] = {
    "answer": answer_supervision_order,
    "return": return_supervision_answer,
    "close": close_supervision_order,
}


def _begin(name: str, order: SupervisionOrder, by: User, now: datetime) -> SupervisionOrder:
    """Lock the issue, then the order, as every act does; check under both locks."""
    issue = lock(order.issue)
    order = SupervisionOrder.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=order.pk)
    order.issue = issue
    if not is_staff_side(issue, by):
        raise PermissionDenied
    SUPERVISION_FLOW.check(name, order, by, now)
    return order


def _save(name: str, order: SupervisionOrder, *fields: str) -> None:
    SUPERVISION_FLOW.move(name, order)
    order.save(update_fields=["stage", *fields])


def _tell_story(kind: str, order: SupervisionOrder, by: User, now: datetime, text: str = "", **detail: Any) -> IssueEvent:
    words = "\n".join(filter(None, [str(order), text]))
    return write_event(kind, order.issue, by, now, text=words, internal=True, order=order.pk, **detail)


def history_of(order: SupervisionOrder) -> Any:
    """The events of one order, oldest first."""
    kinds = Q(kind__startswith="supervision-")
    return order.issue.events.filter(kinds, detail__order=order.pk).select_related("actor", "unit")

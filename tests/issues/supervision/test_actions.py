"""Supervision orders from opening to closing: what is written, who is told, what is refused."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from issues.actions.supervision import Opened, open_supervision_order, open_supervision_orders, supervise_issue
from issues.enums import SupervisionStage
from issues.inspection import SUPERVISION_FLOW
from issues.models import Concern, Issue, IssueEvent, SupervisionOrder
from liaison.notifications.models import Notification
from liaison.workdays import ZONE
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.issues import MONDAY, step, submitted, walk
from tests.issues.supervision.orders import PATHS, THURSDAY, USUAL, act, at, fresh, opened, running

DUE = datetime(2026, 9, 10, 17, 30, tzinfo=ZONE)


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=f"issue_supervision_{kind}").values_list("recipient__username", flat=True))


def kinds(issue: Issue) -> list[str]:
    return [event.kind for event in issue.events.all() if event.kind.startswith("supervision-")]


def test_an_inspector_opens_a_numbered_order_on_the_lead_unit(district):
    order = opened(district)

    assert str(order) == "督办〔2026〕1号"
    assert (order.stage, order.unit.code, order.due_at, order.opened_by.username) == ("open", "tax", DUE, "inspect1")
    assert told("opened") == {"tax.liaison", "tax.head"}
    assert kinds(order.issue) == ["supervision-open"]


def test_a_directive_opens_an_order_that_asks_what_it_says(district):
    issue = step(district, running(district), "direct-line", "leader1", text="请抓紧办理。")

    order = issue.supervision_orders.get()
    assert (order.text, order.unit.code, order.due_at) == ("请抓紧办理。", "tax", DUE)
    assert (order.directive.leader, order.opened_by) == (district["leader1"], district["leader1"])
    assert told("opened") == {"tax.liaison", "tax.head"}


def test_a_directive_before_the_dispatch_waits_for_the_lead_unit(district):
    issue = submitted(district, channel="direct", leader=district["leader.main"])
    issue = step(district, issue, "direct-line", "leader.main", text="请妥善办理。")
    assert (issue.supervision_orders.get().unit, told("opened")) == (None, set())

    walk(district, issue, "admit", "dispatch-alone", now=MONDAY + timedelta(days=1))

    order = issue.supervision_orders.get()
    assert (order.unit.code, order.due_at) == ("tax", DUE + timedelta(days=1))
    assert told("opened") == {"tax.liaison", "tax.head"}
    assert kinds(issue) == ["supervision-open", "supervision-unit"]


def test_answer_and_closing(district):
    order = at(district, "closed")

    assert (order.stage, order.answered_by.username, order.closed_by.username) == ("closed", "tax.head", "inspect1")
    assert order.closing_note == "情况属实,销号。"
    assert told("answered") == {"inspect1"}
    assert told("closed") == {"tax.liaison", "tax.head"}
    assert kinds(order.issue) == ["supervision-open", "supervision-answer", "supervision-close"]


def test_a_returned_answer_is_kept_and_the_unit_has_the_usual_time_again(district):
    order = act(district, at(district, "answered"), "return", now=MONDAY + timedelta(days=2))
    assert (order.stage, order.answered_by, order.due_at) == ("returned", None, datetime(2026, 9, 14, 17, 30, tzinfo=ZONE))

    order = act(district, order, "answer", "tax.handler", text="附企业确认函。")

    assert list(order.answers.values_list("text", "returned_note")) == [
        ("已于9月8日上门办结。", "请附企业的确认。"),
        ("附企业确认函。", ""),
    ]
    assert told("returned") == {"tax.liaison", "tax.head"}


@pytest.mark.parametrize("stage", PATHS)
@pytest.mark.parametrize("name", USUAL)
def test_each_step_is_refused_elsewhere(district, name, stage):
    order = at(district, stage)
    if stage in SUPERVISION_FLOW[name].sources and not (name == "close" and stage != "answered"):
        assert act(district, order, name).stage == SUPERVISION_FLOW[name].targets[0]
        return
    with pytest.raises(StepNotOpen):
        act(district, order, name)


@pytest.mark.parametrize(
    ("name", "stage", "may"),
    [
        ("answer", "open", {"tax.liaison", "tax.handler", "tax.head"}),
        ("return", "answered", {"inspect1"}),
        ("close", "answered", {"inspect1"}),
    ],
)
def test_who_may_do_what(district, name, stage, may):
    order = at(district, stage)

    assert {who for who in district.people if SUPERVISION_FLOW[name].who(fresh(order), district[who])} == may


def test_a_leader_in_charge_reads_but_does_not_close(district):
    with pytest.raises(NotYourStep):
        act(district, at(district, "answered"), "close", "leader1")


def test_an_inspector_who_works_in_the_unit_does_not_judge_it(district):
    district["inspect1"].postings.create(unit=district.units["tax"], duty="handler", from_on=date(2020, 1, 1))

    with pytest.raises(NotYourStep):
        act(district, at_answered_by_head(district), "close")


def at_answered_by_head(district):
    return act(district, opened(district), "answer", "tax.head")


def test_nobody_who_is_named_in_the_issue_answers_or_closes(district):
    order = at(district, "answered")
    Concern.objects.create(issue=order.issue, official=district["inspect1"])

    with pytest.raises(PermissionDenied):
        act(district, order, "close")


def test_an_order_that_lost_its_object_is_closed_without_an_answer(district):
    issue = running(district)
    order = opened(district, issue)
    walk(district, issue, "answer", "sign-off", "evaluate")

    assert act(district, order, "close").stage == SupervisionStage.CLOSED


def test_a_rung_opens_at_most_one(district):
    issue = running(district)
    rung = {"unit": district.units["tax"], "text": "已逾期。", "due_at": DUE, "by": None, "clock_id": 7, "level": 4}

    first = open_supervision_order(issue, now=MONDAY, **rung)
    again = open_supervision_order(issue, now=MONDAY, **rung)

    assert first == again
    assert open_supervision_orders([Opened(issue=issue, **rung)] * 2, now=MONDAY) == []
    assert SupervisionOrder.objects.count() == 1
    event = issue.events.get(kind="supervision-open")
    assert (event.actor, event.internal, event.text) == (None, True, "督办〔2026〕1号\n已逾期。")


def test_two_hundred_orders_cost_no_more_queries_than_two(district):
    issues = [running(district), running(district)]

    def fire(first: int, count: int) -> int:
        items = [
            Opened(issues[n % 2], district.units["tax"], "已逾期。", DUE, clock_id=n, level=4)
            for n in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert len(open_supervision_orders(items, now=MONDAY)) == count
        return len(queries)

    assert fire(1000, 2) == fire(2000, 200)
    assert list(SupervisionOrder.objects.values_list("serial", flat=True)) == list(range(1, 203))
    assert Notification.objects.filter(kind="issue_supervision_opened").count() == 404


def test_no_event_of_it_is_for_the_firm(district):
    """T16."""
    at(district, "returned")

    assert not IssueEvent.objects.filter(kind__startswith="supervision-", internal=False).exists()
    assert not Notification.objects.filter(kind__startswith="issue_supervision", recipient__username="firm1").exists()


BROKEN = {
    "no origin": {"opened_by": None},
    "two origins": {"clock_id": 1, "level": 2},
    "half a rung": {"clock_id": 1, "opened_by": None},
    "nothing asked": {"text": ""},
    "answered without answer": {"stage": "answered"},
    "closed without closer": {"stage": "closed"},
    "note before closing": {"closing_note": "x"},
    "due before it opens": {"due_at": MONDAY - timedelta(days=1)},
    "no unit": {"unit": None},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_the_database_refuses(district, broken):
    order = opened(district)

    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionOrder.objects.filter(pk=order.pk).update(**broken)


def test_the_database_refuses_a_closer_who_answered(district):
    order = at(district, "answered")
    closed = {"stage": "closed", "closed_by": order.answered_by, "closed_at": MONDAY, "closing_note": "x"}

    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionOrder.objects.filter(pk=order.pk).update(**closed)


def test_it_is_opened_only_while_a_unit_has_the_issue(district):
    with pytest.raises(StepNotOpen):
        supervise_issue(submitted(district), by=district["inspect1"], now=MONDAY, text="请报告。", until=THURSDAY)
    with pytest.raises(NotYourStep):
        supervise_issue(running(district), by=district["leader1"], now=MONDAY, text="请报告。", until=THURSDAY)

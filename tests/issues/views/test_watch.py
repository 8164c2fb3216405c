"""The watch board: whose it is, how late, at which rung; who sees what of it (S-cases of lists), and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.models import Concern, SupervisionOrder
from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock
from tests.factories.issues import submitted, walk
from tests.issues.views.driver import Driver
from tests.markup import faults_of

PAGE = "/issues/watch/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def late(district):
    """An issue of the tax bureau whose answer is twenty days late, and its rungs reached."""
    began = timezone.now() - timedelta(days=40)
    issue = walk(district, submitted(district, began), "admit", "dispatch-alone", "accept", "contact", now=began)
    climb(timezone.now())
    return issue


def board(district, by, query=""):
    return Driver(district, None).client(by).get(PAGE + query)


def lines(answer):
    return [(each.kind, each.whose, each.light, each.clock.level) for each in answer.context["rows"]]


def test_a_leader_sees_what_is_late_and_whose(district, late):
    now, inspector = timezone.now(), district["inspect1"]
    values = {"unit": district.units["tax"], "opened_by": inspector, "opened_at": now, "due_at": now + timedelta(days=3)}
    order = SupervisionOrder.objects.create(year=2026, serial=3, issue=late, text="限期答复", **values)

    answer = board(district, "leader.main")

    assert answer.status_code == 200
    assert faults_of(answer.text) == []
    assert lines(answer) == [("答复", "区税务局", "red", 6)]
    assert answer.context["totals"] == [("red", 1), ("yellow", 0), ("blue", 0)]
    assert [(unit.code, unit.red) for unit in answer.context["units"]] == [("tax", 1)]
    assert "个工作日" in answer.context["rows"][0].time
    assert answer.context["rows"][0].order == order
    assert str(order) in answer.text
    assert f"{late.get_absolute_url()}direct-line/" in answer.text


@pytest.mark.parametrize(("by", "seen"), [("leader1", 1), ("inspect1", 1), ("desk1", 1), ("tax.head", 1), ("env.head", 0)])
def test_each_sees_what_is_theirs_to_watch(district, late, by, seen):
    answer = board(district, by)

    assert answer.status_code == 200
    assert len(lines(answer)) == seen
    assert answer.context["count"] == seen
    assert sum(count for _colour, count in answer.context["totals"]) == seen
    writes = by == "leader1"
    assert ("direct-line" in answer.text) == writes


@pytest.mark.parametrize("by", ["firm1", "stranger", "tax.handler", "caller1", "admin.system"])
def test_others_have_no_board(district, late, by):
    assert board(district, by).status_code == 403


def test_what_names_an_official_is_not_on_that_officials_board(district, late):
    Concern.objects.create(issue=late, official=district["tax.head"])

    assert lines(board(district, "tax.head")) == []
    assert sum(count for _colour, count in board(district, "tax.head").context["totals"]) == 0
    assert len(lines(board(district, "inspect1"))) == 1


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("?light=red", 1),
        ("?light=yellow", 0),
        ("?unit=tax", 1),
        ("?unit=env", 0),
        ("?unit=-", 0),
        ("?level=6", 1),
        ("?level=2", 0),
        ("?kind=answer", 1),
        ("?kind=contact", 0),
    ],
)
def test_filters_stand_in_the_address(district, late, query, seen):
    assert len(lines(board(district, "inspect1", query))) == seen


@pytest.mark.parametrize("query", ["?light=green", "?unit=moon", "?level=99", "?level=x", "?kind=\0"])
def test_a_filter_that_is_not_understood_is_told(district, late, query):
    answer = board(district, "inspect1", query)

    assert answer.status_code == 400
    assert faults_of(answer.text) == []
    assert len(lines(answer)) == 1


def test_near_its_end_it_is_yellow_and_standing_still_it_is_not_there(district, late):
    now = timezone.now()
    Clock.objects.filter(kind="answer").update(due_at=now + timedelta(days=1), warn_at=now - timedelta(days=1), level=2)
    assert [line[2:] for line in lines(board(district, "inspect1"))] == [("yellow", 2)]

    Clock.objects.filter(kind="answer").update(paused_at=now, next_step_at=None)
    assert lines(board(district, "inspect1")) == []


def test_more_rows_cost_no_more_queries(district, late):
    def cost():
        client = Driver(district, None).client("leader.main")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries), len(client.get(PAGE).context["rows"])

    one = cost()
    began = timezone.now() - timedelta(days=40)
    for _nth in range(3):
        walk(district, submitted(district, began), "admit", "dispatch-alone", "accept", "contact", now=began)
    climb(timezone.now())
    four = cost()

    assert (one[1], four[1]) == (1, 4)
    assert one[0] == four[0]


def test_the_start_page_of_leaders_and_inspectors_leads_there(district, late):
    for by, has in (("leader1", True), ("inspect1", True), ("tax.head", False), ("desk1", False)):
        answer = Driver(district, None).client(by).get("/")
        assert any(card.url == PAGE for card in answer.context["cards"]) == has, by

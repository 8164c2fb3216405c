"""Two people do the same step at the same time: one wins, one event row, the other is told (R18)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from issues.actions import ACTIONS
from issues.actions.intake import start_draft
from issues.models import Category, Issue, IssueEvent
from liaison.workflow import StepNotOpen
from tests.factories.issues import MONDAY, District, make_district, matter, submitted, walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def together(calls) -> list[str]:
    """Run the calls at the same moment in threads of their own; "done" or the refusal's name for each."""
    start = Barrier(len(calls))

    def run(call) -> str:
        start.wait()
        try:
            call()
        except StepNotOpen:
            return "not open"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.mark.parametrize("round_", range(5))
def test_two_officers_admit_one_issue(district, round_):
    issue = submitted(district)
    values = {"category": Category.objects.get(code="01"), "nature": "help", "kind": "individual", "urgency": "normal"}
    officers = [district["desk1"], district["desk2"]]

    results = together([lambda by=by: ACTIONS["admit"](issue, by=by, now=MONDAY, **values) for by in officers])

    assert results == ["done", "not open"]
    assert IssueEvent.objects.filter(issue=issue, kind="admit").count() == 1


def test_liaison_accepts_while_the_desk_sends_back(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    ACTIONS["ask-send-back"](issue, by=district["tax.head"], now=MONDAY, reason="不是", basis="三定")
    liaison, handler, desk = district["tax.liaison"], district["tax.handler"], district["desk2"]

    results = together(
        [
            lambda: ACTIONS["accept"](issue, by=liaison, now=MONDAY, handler=handler),
            lambda: ACTIONS["decide-send-back"](issue, by=desk, now=MONDAY, result="approve"),
        ]
    )

    assert results == ["done", "not open"]
    assert Issue.objects.get().stage in {"handling", "admitted"}


def test_twenty_drafts_sent_together_get_twenty_numbers(district):
    people = [district["firm1"] for _ in range(20)]
    drafts = [start_draft(district.firm, matter(), by=people[0], now=MONDAY) for _ in people]

    results = together([lambda d=d, by=by: ACTIONS["submit"](d, by=by, now=MONDAY) for d, by in zip(drafts, people, strict=True)])

    assert results == ["done"] * 20
    assert sorted(Issue.objects.values_list("serial", flat=True)) == list(range(1, 21))

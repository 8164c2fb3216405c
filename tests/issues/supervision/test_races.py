"""Many at the same moment: one closes, one rung opens once, numbers have no gap (R18)."""

import pytest

from issues.actions.supervision import SUPERVISION_ACTIONS, open_supervision_order
from issues.models import IssueEvent, SupervisionOrder
from liaison.accounts.models import Duty
from tests.factories.issues import MONDAY, District, make_district, person
from tests.issues.supervision.orders import at, fresh, running
from tests.issues.supervision.test_actions import DUE
from tests.issues.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def test_two_inspectors_close_at_once(district):
    order = at(district, "answered")
    officers = [district["inspect1"], person("inspect2", (district.units["inspect"], Duty.INSPECTOR))]

    results = together(
        [lambda by=by: SUPERVISION_ACTIONS["close"](fresh(order), by=by, now=MONDAY, note="销号。") for by in officers]
    )

    assert results == ["done", "not open"]
    assert IssueEvent.objects.filter(kind="supervision-close").count() == 1


def test_the_unit_answers_while_another_of_it_answers(district):
    order = at(district, "open")
    people = [district[name] for name in ("tax.head", "tax.liaison", "tax.handler")]

    results = together(
        [lambda by=by: SUPERVISION_ACTIONS["answer"](fresh(order), by=by, now=MONDAY, text="已办。") for by in people]
    )

    assert results == ["done", "not open", "not open"]
    assert order.answers.count() == 1


def test_fifty_openings_in_parallel_leave_no_gap(district):
    issues, unit = [running(district) for _n in range(5)], district.units["tax"]

    def fire(clock: int):
        rung = {"clock_id": clock, "level": 4, "unit": unit, "text": "已逾期。", "due_at": DUE, "by": None}
        return lambda: open_supervision_order(issues[clock % 5], now=MONDAY, **rung)

    assert together([fire(clock) for clock in range(50)]) == ["done"] * 50
    assert sorted(SupervisionOrder.objects.values_list("serial", flat=True)) == list(range(1, 51))


def test_one_rung_fired_by_eight_at_once_opens_one(district):
    issue, unit = running(district), district.units["tax"]
    rung = {"clock_id": 1, "level": 4, "unit": unit, "text": "已逾期。", "due_at": DUE, "by": None}

    assert together([lambda: open_supervision_order(issue, now=MONDAY, **rung)] * 8) == ["done"] * 8
    assert SupervisionOrder.objects.get().serial == 1

"""The seat plan: everybody once, the host in the middle, the left hand before the right."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from events.actions.answering import Guest, accept_invitation, decline_invitation
from events.actions.planning import replace_presiding
from events.actions.topics import AgendaLine, propose_topic, save_agenda
from events.forms.topics import new_key
from events.models import Occasion
from events.printing import seat_plan_of
from events.seating import AT_TABLE, from_middle, guests_of, leaders_of, seated
from tests.documents.reading import opened, text_of
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY
from tests.issues.views.driver import Driver

ACROSS = (842, 595)


def people(kind: str, count: int) -> list[str]:
    return [f"{kind}{number}" for number in range(1, count + 1)]


@given(st.integers(0, 30), st.integers(0, 120))
def test_everybody_has_one_seat_and_the_host_sits_in_the_middle_of_the_head_side(leaders, guests):
    plan = seated(people("L", leaders), people("G", guests))

    seats = [*plan.head, *(one for row in plan.rows for one in row)]
    assert sorted(seats) == sorted([*people("L", leaders), *people("G", guests)])
    if leaders:
        at = plan.head.index("L1")
        assert len(plan.head) - 1 - at - at in {0, 1}
    if leaders + guests <= AT_TABLE:
        assert len(plan.rows) <= 1


def test_the_left_hand_comes_first_on_both_sides_of_the_table():
    """From above the head side looks down: its left is the drawing's right; who sits opposite looks up."""
    plan = seated(people("L", 3), people("G", 3))

    assert plan.head == ["L3", "L1", "L2"]
    assert plan.rows == [["G2", "G1", "G3"]]


def test_an_even_number_shares_the_middle():
    assert from_middle(people("L", 4)) == ["L3", "L1", "L2", "L4"]


def test_where_enterprises_are_more_the_last_ones_sit_at_the_ends_of_the_head_side():
    plan = seated(people("L", 2), people("G", 6))

    assert plan.head == ["G5", "L1", "L2", "G6"]
    assert plan.rows == [["G4", "G2", "G1", "G3"]]


def test_more_than_a_table_holds_sit_in_rows():
    plan = seated(people("L", 3), people("G", 25))

    assert plan.head == ["L3", "L1", "L2"]
    assert [len(row) for row in plan.rows] == [10, 10, 5]


@pytest.fixture
def occasion(db, district) -> Occasion:
    """The main leader hosts, the leader in charge stands in for the inspector; three firms come, the last one speaks."""
    found = published(district, leaders=[district["tax.head"], district["inspect1"]])
    change = {"leader": district["inspect1"], "replacement": district["leader1"], "reason": "开会"}
    replace_presiding(found, by=district["events1"], now=MONDAY, **change)
    rows = invited(district, found, *(EnterpriseFactory(name=f"{name}公司") for name in "甲乙丙丁"))
    for row, name in zip(rows[:3], ("赵一", "钱二", "孙三"), strict=True):
        accept_invitation(row, by=None, now=MONDAY, guest=Guest(name, "总经理"))
    decline_invitation(rows[3], by=None, now=MONDAY)
    topic = propose_topic(rows[2], by=None, now=MONDAY, title="用地", text="用地?", once_key=new_key())
    save_agenda(found, by=district["events1"], now=MONDAY, lines=[AgendaLine("开场", 5), AgendaLine("用地", 9, "", topic.pk)])
    return Occasion.objects.get(pk=found.pk)


def test_leaders_sit_by_rank_and_guests_by_the_agenda(district, occasion):
    """Who was replaced has no seat, who came instead has."""
    assert [row.leader.username for row in leaders_of(occasion, MONDAY.date())] == ["leader.main", "leader1", "tax.head"]
    assert [row.guest_name for row in guests_of(occasion)] == ["孙三", "赵一", "钱二"]


@time_machine.travel(MONDAY, tick=False)
def test_the_sheet_names_everybody_once_across_one_page(district, occasion):
    made = seat_plan_of(occasion, MONDAY)

    text = "".join(text_of(made).split())
    with opened(made) as pdf:
        assert [tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages] == [ACROSS]
    names = [district["leader.main"].name, district["leader1"].name, district["tax.head"].name, "赵一", "钱二", "孙三"]
    assert [text.count(name) for name in names] == [1] * 6
    assert "丁公司" not in text


@time_machine.travel(MONDAY, tick=False)
def test_a_hall_goes_on_on_further_sheets_and_an_empty_one_is_a_table(district):
    empty = published(district)
    hall = published(district, starts_at=MONDAY + timedelta(days=30), ends_at=MONDAY + timedelta(days=31))
    for row in invited(district, hall, *(EnterpriseFactory() for _ in range(60))):
        accept_invitation(row, by=None, now=MONDAY, guest=Guest("某某"))

    with opened(seat_plan_of(empty, MONDAY)) as one, opened(seat_plan_of(hall, MONDAY)) as many:
        assert (len(one.pages), len(many.pages)) == (1, 2)


@time_machine.travel(MONDAY, tick=False)
def test_event_staff_and_who_presides_open_it(district, occasion):
    address = f"{occasion.get_absolute_url()}seat-plan.pdf"
    statuses = {by: Driver(district, None).client(by).get(address).status_code for by in ("events1", "leader1", "desk1", "firm1")}

    assert statuses == {"events1": 200, "leader1": 200, "desk1": 403, "firm1": 404}

"""What guests told for one meeting is forgotten after it."""

from datetime import timedelta

import pytest

from events.actions.answering import Guest, accept_invitation
from events.actions.purging import purge_guest_details
from events.models import Invitation, OccasionEvent
from liaison.parameters.models import Parameter
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY

GUEST = Guest("孙辉", "总经理", "13800000000", "不吃辣", "川C12345")
ENDS = STARTS + timedelta(hours=2)


@pytest.fixture
def guest(district) -> Invitation:
    row = invited(district, published(district))[0]
    return accept_invitation(row, by=None, now=MONDAY, guest=GUEST)


def told(row: Invitation) -> list[str]:
    row.refresh_from_db()
    return [row.diet, row.plate, row.guest_phone]


def test_thirty_days_after_the_end_they_are_gone_and_the_name_stays(guest):
    assert purge_guest_details(ENDS + timedelta(days=30, minutes=1)) == 1

    assert (told(guest), guest.guest_name) == (["", "", ""], "孙辉")


def test_not_a_day_before(guest):
    assert purge_guest_details(ENDS + timedelta(days=29)) == 0
    assert told(guest) == ["不吃辣", "川C12345", "13800000000"]


def test_a_second_run_does_and_tells_nothing(guest):
    late = ENDS + timedelta(days=40)

    assert [purge_guest_details(late), purge_guest_details(late)] == [1, 0]
    assert OccasionEvent.objects.get(kind="purged").detail == {"guests": 1}


def test_the_days_are_data(guest):
    Parameter.objects.create(key="events.retention_days", value=5)

    assert purge_guest_details(ENDS + timedelta(days=6)) == 1

"""Many answer at once (TC1–TC4)."""

import pytest

from events.actions.answering import Guest, accept_invitation, decline_invitation
from events.models import Invitation, OccasionEvent
from liaison.notifications.models import Notification
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY, District, make_district
from tests.issues.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def states(occasion) -> list[str]:
    return sorted(Invitation.objects.filter(occasion=occasion).values_list("state", flat=True))


@pytest.mark.parametrize("round_", range(3))
def test_twelve_answer_for_the_last_seat(district, round_):
    """TC1: one comes, eleven wait; nobody is refused with an error."""
    occasion = published(district, capacity=1)
    rows = invited(district, occasion, *[EnterpriseFactory() for _ in range(12)])

    together([lambda row=row: accept_invitation(row, by=None, now=MONDAY, guest=Guest("某某")) for row in rows])

    assert states(occasion) == ["accepted", *["waiting"] * 11]


def test_one_link_used_twice_at_once_counts_once(district):
    """TC3."""
    occasion = published(district)
    row = invited(district, occasion)[0]

    results = together([lambda: accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))] * 6)

    assert results == ["done"] * 6
    assert OccasionEvent.objects.filter(kind="accept").count() == 1
    assert Notification.objects.filter(kind="event_confirmed").count() == 1


def test_a_place_that_becomes_free_while_others_answer_goes_to_the_first_in_line(district):
    """TC5 with threads: the held place is never taken by who answers at that instant."""
    occasion = published(district, capacity=1)
    first, second, *others = invited(district, occasion, *[EnterpriseFactory() for _ in range(8)])
    accept_invitation(first, by=None, now=MONDAY, guest=Guest("甲"))
    accept_invitation(second, by=None, now=MONDAY, guest=Guest("乙"))

    calls = [lambda: decline_invitation(first, by=None, now=MONDAY)]
    calls += [lambda row=row: accept_invitation(row, by=None, now=MONDAY, guest=Guest("丙")) for row in others]
    together(calls)

    assert Invitation.objects.get(pk=second.pk).state == "offered"
    assert states(occasion) == sorted(["declined", "offered", *["waiting"] * 6])

"""Two at the same minutes, the same promises, the same points."""

import pytest

from events.actions.minutes import StaleMinutes, parts_of, save_minutes
from events.actions.points import record_point
from events.actions.promises import Promise, take_up
from events.forms.topics import new_key
from events.merging import Part
from events.models import Point, Revision
from issues.models import Category, Issue
from tests.factories.issues import District, make_district
from tests.factories.record import AFTERWARDS, held, raised, said
from tests.issues.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def test_of_two_editors_one_saves_and_the_other_is_told(district):
    """TC30 with threads: one revision, the other editor still holds every word."""
    occasion, by = held(district), district["events1"]
    texts = [[Part("f00000001", f"第 {n} 人写的")] for n in range(6)]

    told: list[int] = []

    def save(text) -> None:
        try:
            save_minutes(occasion, by=by, now=AFTERWARDS, revision=0, parts=text)
        except StaleMinutes as stale:
            told.append(stale.newest.number)

    together([lambda text=text: save(text) for text in texts])

    assert told == [1] * 5
    assert parts_of(Revision.objects.get()) in texts


def test_points_written_down_at_once_have_numbers_of_their_own(district):
    occasion, by = held(district), district["events1"]

    together([lambda: record_point(occasion, by=by, now=AFTERWARDS, said=said(district), once_key=new_key())] * 6)

    assert sorted(Point.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_one_point_confirmed_by_many_at_once_becomes_one_issue(district):
    occasion = held(district)
    point, by = raised(district, occasion), district["desk1"]
    promise = Promise(point, "续贷", Category.objects.get(code="01"), "help", lead_unit=district.units["tax"])

    together([lambda: take_up(occasion, by=by, now=AFTERWARDS, promises=[promise])] * 5)

    assert Issue.objects.count() == 1
    assert Point.objects.get().issue == Issue.objects.get()

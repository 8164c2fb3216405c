"""Several phones at one door at the same moment (TC24, TC25)."""

from uuid import uuid4

import pytest

from events.actions.door import Scan, check_in, undo_check_in
from events.codes import code_text
from events.models import CheckIn
from tests.events.test_door import AT, coming
from tests.factories.events import published
from tests.factories.issues import District, make_district
from tests.issues.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def scanning(d: District, occasion, guest, **values):
    scan = Scan(values.pop("nonce", None) or uuid4(), code=code_text(guest), **values)
    staff = d["events1"]
    return lambda: check_in(occasion, scan, by=staff, now=AT)


@pytest.mark.parametrize("round_", range(3))
def test_two_devices_scan_one_code_at_once(district, round_):
    occasion = published(district)
    guest = coming(district, occasion)

    together([scanning(district, occasion, guest, device=f"p{number}") for number in range(2)])

    assert list(CheckIn.objects.values_list("result", flat=True)) == ["in"]


def test_fifty_posts_of_ten_guests_and_each_is_inside_once(district):
    occasion = published(district)
    guests = [coming(district, occasion, f"来宾{number}") for number in range(10)]
    calls = [scanning(district, occasion, guests[number % 10]) for number in range(50)]

    for start in range(0, 50, 10):
        together(calls[start : start + 10])

    assert CheckIn.objects.filter(result="in").count() == CheckIn.objects.count() == 10


def test_one_nonce_sent_by_impatience_six_times(district):
    occasion = published(district)
    call = scanning(district, occasion, coming(district, occasion), nonce=uuid4())

    assert together([call] * 6) == ["done"] * 6
    assert CheckIn.objects.count() == 1


def test_queues_of_two_devices_arrive_at_once(district):
    occasion = published(district)
    guest = coming(district, occasion)

    together([scanning(district, occasion, guest, device=f"p{number}", offline=True) for number in range(4)])

    assert sorted(CheckIn.objects.values_list("result", "conflict")) == [*[("already", True)] * 3, ("in", False)]


def test_taken_back_twice_at_once_is_taken_back_once(district):
    occasion = published(district)
    guest, staff = coming(district, occasion), district["events1"]
    scanning(district, occasion, guest)()

    together([lambda: undo_check_in(guest, nonce=uuid4(), by=staff, now=AT, reason="点错")] * 4)

    assert list(CheckIn.objects.values_list("result", flat=True)) == ["in", "undone"]

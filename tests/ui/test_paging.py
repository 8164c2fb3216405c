"""Keyset paging: every row once, in order, in both directions, also where many rows share one value."""

from datetime import timedelta
from itertools import chain

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.accounts.models import User
from liaison.ui.paging import count_up_to, counts_up_to, keyset_page, sorted_page
from tests.factories.enterprises import PersonFactory

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(microsecond=123456)


@pytest.fixture
def people():
    return [PersonFactory(date_joined=NOON - timedelta(days=n // 3)) for n in range(10)]


def walk(by, size=4, word="after", asked=None):
    pages, asked = [], asked or {}
    while True:
        page = keyset_page(User.objects.all(), asked, by=by, size=size)
        pages.append([user.pk for user in page])
        if not (cursor := getattr(page, word)):
            return pages, page
        asked = {word: cursor}


@pytest.mark.parametrize("by", ["-date_joined", "date_joined", "name", "-pk"])
def test_pages_show_every_row_once_in_order(people, by):
    pages, _last = walk(by)
    sign = "-" if by.startswith("-") else ""

    assert list(chain(*pages)) == list(User.objects.order_by(by, f"{sign}pk").values_list("pk", flat=True))
    assert [len(page) for page in pages] == [4, 4, 2]


def test_way_back_shows_the_same_pages(people):
    forth, last = walk("-date_joined")
    back, first = walk("-date_joined", word="before", asked={"before": last.before})

    assert back == forth[-2::-1]
    assert first.before == ""


def test_first_page_has_nothing_before_and_last_nothing_after(people):
    first = keyset_page(User.objects.all(), {}, by="-date_joined", size=10)

    assert (first.before, first.after, len(first)) == ("", "", 10)


def test_cursor_of_another_list_means_the_first_page(people):
    other = keyset_page(User.objects.all(), {}, by="name", size=4)

    page = keyset_page(User.objects.all(), {"after": other.after}, by="-date_joined", size=4)

    assert [user.pk for user in page] == [user.pk for user in people[:3][::-1]] + [people[5].pk]


@given(cursor=st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_invented_cursor_means_the_first_page(people, cursor):
    page = keyset_page(User.objects.all(), {"after": cursor, "before": cursor}, by="-date_joined", size=4)

    assert len(page) == 4
    assert page.before == ""


def test_row_that_vanished_does_not_break_the_next_page(people):
    first = keyset_page(User.objects.all(), {}, by="-date_joined", size=4)
    User.objects.filter(pk=first.rows[-1].pk).delete()

    second = keyset_page(User.objects.all(), {"after": first.after}, by="-date_joined", size=4)

    assert not {user.pk for user in second} & {user.pk for user in first}
    assert len(second) == 4


def test_page_costs_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        keyset_page(User.objects.all(), {}, by="-date_joined", size=4)


@pytest.mark.parametrize(("most", "found"), [(99, 10), (10, 10), (9, 10), (4, 5)])
def test_counting_stops_one_past_the_cap(people, most, found):
    assert count_up_to(User.objects.all(), most) == found


def test_several_lists_are_counted_in_one_query(people, django_assert_num_queries):
    everybody = User.objects.order_by("name")
    lists = {"all": everybody, "early": everybody.filter(pk__lte=people[2].pk), "none": everybody.none()}

    with django_assert_num_queries(1):
        assert counts_up_to(lists, most=5) == {"all": 6, "early": 3, "none": 0}


def test_nothing_to_count_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counts_up_to({"none": User.objects.none()}) == {"none": 0}


# --- lists that are reckoned ----------------------------------------------------------------------
LETTERS = [(n // 3, letter) for n, letter in enumerate("abcdefghij")]


def reckoned(asked, items=LETTERS, name="letters"):
    page = sorted_page(items, asked, name=name, key=list, size=4)
    return "".join(letter for _n, letter in page), page


def test_a_reckoned_list_is_walked_forth_and_back():
    first, page = reckoned({})
    second, page = reckoned({"after": page.after})
    third, last = reckoned({"after": page.after})
    assert (first, second, third, last.after) == ("abcd", "efgh", "ij", "")

    back, page = reckoned({"before": last.before})
    front, page = reckoned({"before": page.before})
    assert (back, front, page.before) == ("efgh", "abcd", "")


def test_a_reckoned_list_goes_on_where_it_was_left_when_it_changes():
    _shown, page = reckoned({})

    assert reckoned({"after": page.after}, LETTERS[2:])[0] == "efgh"
    assert reckoned({"after": page.after}, LETTERS[:4])[0] == "abcd"


def test_a_cursor_of_elsewhere_means_the_first_page_of_a_reckoned_list():
    cursor = reckoned({})[1].after

    for asked in ({"after": cursor + "x"}, {"after": "soon"}, {"before": "\x00"}):
        assert reckoned(asked)[0] == "abcd"
    assert reckoned({"after": cursor}, name="figures")[0] == "abcd"
    assert reckoned({"after": cursor}, items=[], name="letters")[0] == ""

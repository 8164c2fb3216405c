"""The inbox: mine alone, newest first, read by POST, and the same number of queries however full."""

import pytest

from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Notification
from liaison.notifications.pages import unread_count
from liaison.notifications.rendering import _LOADERS, register
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loader(monkeypatch):
    monkeypatch.setattr("liaison.notifications.rendering._LOADERS", dict(_LOADERS))
    register("sealed", lambda rows: {row.pk: {"url": "/me/"} for row in rows})


@pytest.fixture
def li(client):
    user = person("li", language="en")
    client.force_login(user)
    return user


def tell(*people, key="k", kind="sealed"):
    notify(Notice(kind, key, people))
    deliver_due()
    return Notification.objects.get(recipient=people[0], key=key)


def test_a_message_is_seen_as_soon_as_it_is_written(client, li):
    assert client.get("/inbox/").context["lines"] == []
    notify(Notice("sealed", "k", [li]))
    assert [line.subject for line in client.get("/inbox/").context["lines"]] == ["You have a message in the portal"]


def test_opening_marks_it_read_and_leads_to_the_thing(client, li):
    row = tell(li)
    assert unread_count(li) == 1
    assert client.get(f"/inbox/{row.pk}/").status_code == 405
    assert client.post(f"/inbox/{row.pk}/")["Location"] == "/me/"
    assert unread_count(li) == 0


def test_somebody_elses_message_does_not_exist(client, li):
    row = tell(person())
    assert client.post(f"/inbox/{row.pk}/").status_code == 404
    assert client.get("/inbox/").context["lines"] == []


def test_all_at_once(client, li):
    tell(li, key="1")
    tell(li, key="2")
    client.post("/inbox/read/")
    assert unread_count(li) == 0


def test_what_one_may_no_longer_see_says_so(client, li):
    row = tell(li)
    register("sealed", lambda _rows: {})
    assert "You may no longer see" in client.get("/inbox/").content.decode()
    assert client.post(f"/inbox/{row.pk}/")["Location"] == "/inbox/"


def test_one_bad_message_does_not_shut_the_inbox(client, li):
    tell(li, kind="no_such_kind", key="bad")
    tell(li)
    assert len(client.get("/inbox/").context["lines"]) == 2


def test_only_unread_ones(client, li):
    client.post(f"/inbox/{tell(li, key='1').pk}/")
    tell(li, key="2")
    assert len(client.get("/inbox/?show=unread").context["lines"]) == 1


def test_pages_of_a_full_inbox_cost_the_same(client, li, django_assert_max_num_queries):
    for number in range(60):
        notify(Notice("sealed", str(number), [li]))
    while deliver_due():
        pass
    with django_assert_max_num_queries(12):
        first = client.get("/inbox/")
    second = client.get(f"/inbox/?after={first.context['page'].after}")
    keys = [line.notification.key for page in (first, second) for line in page.context["lines"]]
    assert keys == [str(number) for number in range(59, 9, -1)]

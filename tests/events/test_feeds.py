"""Calendar files of the portal's own occasions (rules 1–6, 12, TC18–TC23)."""

import icalendar
import pytest
import time_machine
from django.test import Client

from events.actions.answering import Guest, accept_invitation, change_guest
from events.actions.planning import cancel_occasion, reschedule_occasion
from events.models import FeedKey
from liaison.accounts.models import User
from liaison.notifications.mail import mail_of
from liaison.notifications.models import Delivery
from tests.factories.events import STARTS, invited, planned, published
from tests.factories.issues import MONDAY


def client_of(district, by: str) -> Client:
    client = Client()
    client.force_login(district[by], backend="liaison.accounts.backends.SignInBackend")
    return client


@pytest.fixture
def district(district):
    """Somebody of the firm has an address."""
    User.objects.filter(username="firm1").update(email="firm1@example.org")
    return district


def entries(content: bytes) -> list:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def mailed(district, kind: str):
    """The calendar of the newest mail of this kind, as (method, event)."""
    rows = Delivery.objects.filter(notification__kind=kind, channel="email").select_related("notification", "recipient")
    delivery = rows.order_by("pk").last()
    built = mail_of(delivery)
    part = next(part for part in built.message().walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["METHOD"])
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def moved(district, occasion):
    times = {"starts_at": STARTS.replace(day=22), "ends_at": STARTS.replace(day=22, hour=10), "reply_by": STARTS}
    return reschedule_occasion(occasion, by=district["events1"], now=MONDAY, place="会议中心", reason="领导日程", **times)


@time_machine.travel(MONDAY, tick=False)
def test_one_uid_in_mail_download_and_feed_and_a_growing_sequence(district):
    occasion = published(district, access="public")
    invited(district, occasion)
    method, first = mailed(district, "event_invited")
    assert (method, int(first["SEQUENCE"])) == ("REQUEST", 0)
    assert str(first["ATTENDEE"]) == "mailto:firm1@example.org"

    moved(district, occasion)
    method, second = mailed(district, "event_moved")
    download = entries(Client().get(f"{occasion.get_absolute_url()}calendar.ics").content)[0]
    feed = entries(Client().get("/events/feed.ics").content)[0]
    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="停办")
    last_method, last = mailed(district, "event_cancelled")

    assert {str(each["UID"]) for each in (first, second, download, feed, last)} == {occasion.uid}
    assert [int(each["SEQUENCE"]) for each in (second, download, feed, last)] == [1, 1, 1, 2]
    assert (method, last_method, str(last["STATUS"])) == ("REQUEST", "CANCEL", "CANCELLED")
    assert "ATTENDEE" not in feed
    assert str(feed["LOCATION"]) == "会议中心"


@time_machine.travel(MONDAY, tick=False)
def test_what_is_not_public_is_in_no_public_file(district):
    occasion = published(district)

    assert entries(Client().get("/events/feed.ics").content) == []
    assert Client().get(f"{occasion.get_absolute_url()}calendar.ics").status_code == 404


@time_machine.travel(MONDAY, tick=False)
def test_an_invited_firm_downloads_a_file_that_is_not_empty(district):
    """TC22."""
    occasion = published(district)
    invited(district, occasion)

    content = client_of(district, "firm1").get(f"{occasion.get_absolute_url()}calendar.ics").content

    assert str(entries(content)[0]["SUMMARY"]) == "畅聊早餐会(第 1 期)"


@time_machine.travel(MONDAY, tick=False)
def test_the_personal_feed_holds_what_concerns_the_person_until_its_address_is_renewed(district):
    occasion = published(district)
    published(district)
    planned(district)
    invited(district, occasion)
    client = client_of(district, "firm1")
    client.get("/events/feed/")
    key = FeedKey.objects.get().key

    feed = Client().get(f"/events/feed/{key}.ics")
    assert [str(each["UID"]) for each in entries(feed.content)] == [occasion.uid]
    assert Client().get(f"/events/feed/{key}.ics", headers={"if-none-match": feed["ETag"]}).status_code == 304
    client.post("/events/feed/renew/")

    assert Client().get(f"/events/feed/{key}.ics").status_code == 404
    assert Client().get(f"/events/feed/{FeedKey.objects.get().key}.ics").status_code == 200


@time_machine.travel(MONDAY, tick=False)
def test_another_guest_renews_the_entry(district):
    row = invited(district, published(district))[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))
    _method, before = mailed(district, "event_confirmed")

    change_guest(row, by=None, now=MONDAY, guest=Guest("李明"))

    _method, after = mailed(district, "event_confirmed")
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)

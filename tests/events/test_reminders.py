"""Reminders (TC11–TC15, TC17)."""

from datetime import timedelta

import pytest

from events.actions.answering import Guest, accept_invitation
from events.actions.planning import cancel_occasion, reschedule_occasion
from events.actions.reminding import send_reminders
from events.models import Occasion
from liaison.notifications.models import Notification
from liaison.notifications.rendering import messages_of
from tests.factories.enterprises import RepresentativeFactory
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY

DAY = timedelta(days=1)


@pytest.fixture
def occasion(district):
    found = published(district)
    for row in invited(district, found, district.firm):
        accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))
    return found


def reminded() -> list[tuple[str, int]]:
    rows = Notification.objects.filter(kind="event_reminder").order_by("pk")
    return [(row.recipient.username, int(row.key.rsplit(":", 1)[1])) for row in rows]


def test_three_reminders_each_once_to_the_firm_and_the_host(occasion):
    for hours in (73, 72, 71, 24, 24, 2, 1):
        send_reminders(STARTS - timedelta(hours=hours))

    assert sorted(reminded()) == sorted([(who, hours) for who in ("firm1", "leader.main") for hours in (72, 24, 2)])


def test_after_an_outage_only_the_latest_one_goes(occasion):
    send_reminders(STARTS - timedelta(hours=1))
    send_reminders(STARTS - timedelta(minutes=30))

    assert {hours for _who, hours in reminded()} == {2}


def test_nothing_of_what_is_cancelled_or_past(district, occasion):
    """TC13."""
    send_reminders(STARTS + timedelta(minutes=1))
    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="停办")
    send_reminders(STARTS - timedelta(hours=1))

    assert reminded() == []


def test_a_moved_meeting_voids_the_old_reminder_and_sends_new_ones(district, occasion):
    """TC12: the one already written is left out when it is read or sent."""
    send_reminders(STARTS - 3 * DAY)
    times = {"starts_at": STARTS + 7 * DAY, "ends_at": STARTS + 7 * DAY + timedelta(hours=2), "reply_by": STARTS}
    reschedule_occasion(occasion, by=district["events1"], now=STARTS - 2 * DAY, place="x", reason="改期", **times)
    old = list(Notification.objects.filter(kind="event_reminder").select_related("recipient"))
    assert len(old) == 2
    assert messages_of(old) == []

    send_reminders(STARTS + 4 * DAY)

    assert len(reminded()) == 4


def test_who_comes_for_two_firms_is_reminded_once(district, occasion):
    """TC14."""
    RepresentativeFactory(enterprise=district.other_firm, user=district.people["firm1"])
    for row in invited(district, occasion, district.other_firm):
        accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉"))

    send_reminders(STARTS - 3 * DAY)

    assert sorted(reminded()) == [("firm1", 72), ("firm2", 72), ("leader.main", 72)]


def test_one_broken_meeting_does_not_silence_the_others(district, occasion, monkeypatch):
    """TC17."""
    broken = published(district)
    found = Occasion.objects.filter(pk=broken.pk)
    found.update(starts_at=STARTS - timedelta(minutes=5), reply_by=STARTS - DAY)
    real = send_reminders.__globals__["reminder"]

    def fails(asked, hours):
        if asked.pk == broken.pk:
            raise RuntimeError
        return real(asked, hours)

    monkeypatch.setitem(send_reminders.__globals__, "reminder", fails)

    assert send_reminders(STARTS - 3 * DAY) == 1


def test_what_was_published_after_its_time_is_not_reminded_of_at_once(district):
    late = STARTS - timedelta(hours=30)
    published(district, now=late, reply_by=STARTS - timedelta(hours=1))

    assert send_reminders(late + timedelta(minutes=1)) == 0

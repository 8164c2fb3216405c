"""Too many in an hour, one a day, and closed offices: nothing is dropped, nothing is told twice (T12, T14)."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from liaison.notifications.actions import Notice, notify, notify_all
from liaison.notifications.adapter import send_password_link
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, DailyReader, Delivery, DeliveryState, Gathers, Notification
from liaison.notifications.quiet import morning_after, opening
from liaison.notifications.rendering import register
from liaison.notifications.turns import HOUR
from liaison.workdays import ZONE
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]

MORNING = datetime(2026, 9, 8, 10, tzinfo=ZONE)
"A Tuesday without holidays around it."
COLLECT = timedelta(minutes=10)
"Longer than any of these tests takes on a busy machine."


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    monkeypatch.setattr("liaison.notifications.turns.COLLECT", COLLECT)


@pytest.fixture
def clock(monkeypatch):
    """The database's clock travels with Python's."""
    monkeypatch.setattr("liaison.notifications.turns.moment", timezone.now)


def tell(user, *keys, **more):
    for key in keys:
        notify(Notice("sealed", str(key), [user], **more))


def deliver():
    while deliver_due():
        pass


def later(by):
    """Time passes for what waits: the database's clock cannot be moved."""
    for row in Delivery.objects.exclude(begun_at=None):
        Delivery.objects.filter(pk=row.pk).update(begun_at=row.begun_at - by)
    for row in Delivery.objects.open():
        Delivery.objects.filter(pk=row.pk).update(next_at=row.next_at - by, due_at=row.due_at - by)


def mails():
    return Delivery.objects.filter(channel=Channel.EMAIL)


@pytest.fixture
def li():
    register("sealed", lambda rows: {row.pk: {"url": f"/issues/2026-{row.key}/"} for row in rows})
    return person("li", email="li@example.cn", language="en")


def test_twenty_come_one_by_one(li):
    tell(li, *range(20))
    deliver()
    assert len(mail.outbox) == 20


@pytest.fixture
def portions(li, monkeypatch):
    """A list of thirty, written ten lines at a time; what happens meanwhile is called before each ten."""
    monkeypatch.setattr("liaison.notifications.digests.PORTION", 10)

    def write(happens):
        tell(li, *range(30))
        deliver()
        later(COLLECT)
        digest = Delivery.objects.filter(gathers=Gathers.BURST)

        def loader(rows):
            happens(digest)
            return {row.pk: {} for row in rows}

        register("sealed", loader)
        deliver_due()
        return digest.get()

    return write


def test_a_long_list_renews_its_lease_while_it_is_written(portions):
    held = []

    def time_passes(digest):
        held.append(digest.get().lease_until > timezone.now())
        digest.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert portions(time_passes).state == DeliveryState.SENT
    assert held == [True] * 3
    assert len(mail.outbox) == 1


def test_a_list_that_another_worker_took_over_is_left_to_it(portions):
    theirs = uuid.uuid4()
    digest = portions(lambda found: found.update(lease_token=theirs))

    assert (digest.state, digest.lease_token) == (DeliveryState.SENDING, theirs)
    assert mail.outbox == []


def test_a_burst_of_500_becomes_one_digest_and_none_is_dropped(li):
    """T14."""
    tell(li, *range(500))
    deliver()
    assert mail.outbox == []
    assert Notification.objects.filter(delivered_at__isnull=False).count() == 500
    later(COLLECT)
    deliver()

    [digest] = mail.outbox
    assert digest.subject == "500 messages from the portal"
    assert all(f"/issues/2026-{number}/" in digest.body for number in range(500))
    assert "within an hour" in digest.body
    assert mails().filter(state=DeliveryState.GATHERED, digest__state=DeliveryState.SENT).count() == 500
    deliver()
    assert len(mail.outbox) == 1


def test_one_claim_makes_the_digest_of_a_flood(li, django_assert_max_num_queries):
    """Ten are claimed, the first of them takes all of the line with it; nothing is asked about the other nine one by one."""
    notify_all([Notice("sealed", str(number), [li]) for number in range(500)], now=timezone.now())
    with django_assert_max_num_queries(20):
        assert [deliver_due(), deliver_due()] == [10, 0]
    assert mails().get(gathers=Gathers.BURST).members.count() == 500


def test_a_digest_waits_for_the_end_of_its_burst(li):
    """Each new message puts it off; its own first moment says for how long at most."""
    tell(li, *range(30))
    deliver()
    later(COLLECT / 2)
    tell(li, 30)
    deliver()
    later(COLLECT / 2)
    deliver()
    assert mail.outbox == []
    later(COLLECT / 2)
    deliver()

    [digest] = mail.outbox
    assert digest.subject == "31 messages from the portal"


def test_a_burst_without_an_end_is_told_all_the_same(li, monkeypatch):
    monkeypatch.setattr("liaison.notifications.turns.LONGEST", timedelta(0))
    tell(li, *range(30))
    deliver()
    later(COLLECT)
    tell(li, 30)
    deliver()

    assert [each.subject for each in mail.outbox] == ["31 messages from the portal"]


def test_a_message_within_the_budget_does_not_wait_for_a_list_that_is_further_off(li):
    tell(li, *range(30))
    deliver()
    later(COLLECT)
    deliver()
    tell(li, *range(30, 60))
    deliver()
    tell(li, 60)
    deliver()

    assert mail.outbox[0].subject == "30 messages from the portal"
    assert len(mail.outbox) == 2
    assert mails().get(notification__key="60").state == DeliveryState.SENT


def test_the_21st_of_an_hour_begins_a_digest_and_the_next_hour_is_new(li):
    tell(li, *range(20))
    deliver()
    tell(li, 20, 21)
    deliver()
    later(COLLECT)
    deliver()
    assert len(mail.outbox) == 21
    assert mail.outbox[-1].subject == "2 messages from the portal"

    later(HOUR + timedelta(minutes=1))
    tell(li, 22)
    deliver()
    assert len(mail.outbox) == 22


def test_each_further_list_of_an_hour_waits_twice_as_long(li, monkeypatch):
    """What follows a burst that faltered is told soon, and hours of bursts are still no flood."""
    minute = timedelta(minutes=1)
    for name, value in {"COLLECT": minute, "LONGEST": timedelta(0), "parameter": lambda _key: 0}.items():
        monkeypatch.setattr(f"liaison.notifications.turns.{name}", value)
    told = []
    for passed in range(150):
        tell(li, passed)
        deliver()
        told += [passed] * (len(mail.outbox) - len(told))
        later(minute)

    gaps = [after - before for before, after in pairwise(told)]
    assert gaps[:5] == [2, 4, 8, 16, 32]
    assert len(told) < 16
    assert max(gaps[5:]) < 60


def test_what_the_person_asked_for_is_never_part_of_a_list(li):
    tell(li, *range(30))
    send_password_link(li)
    deliver()
    assert [letter.to for letter in mail.outbox] == [["li@example.cn"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_somebody_elses_flood_is_not_mine(li):
    other = person(email="other@example.cn")
    tell(li, *range(30))
    tell(other, "x")
    deliver()
    assert [letter.to for letter in mail.outbox] == [["other@example.cn"]]


def test_a_digest_that_failed_is_the_same_at_the_next_try(li, monkeypatch):
    """Its Message-ID and its members stay; what came meanwhile goes into another."""

    def away(_self, _messages):
        raise OSError

    tell(li, *range(21))
    deliver()
    later(COLLECT)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        deliver()
    tell(li, *range(21, 50))
    deliver()
    later(timedelta(seconds=40))
    deliver()

    digest = mails().get(gathers=Gathers.BURST, state=DeliveryState.SENT)
    assert mail.outbox[0].subject == "21 messages from the portal"
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{digest.message_id}@")
    assert mails().get(gathers=Gathers.BURST, state=DeliveryState.CREATED).members.count() == 29


def test_what_its_reader_may_no_longer_see_is_not_in_the_list(li):
    tell(li, *range(25))
    deliver()
    register("sealed", lambda rows: {row.pk: {"url": "/x/"} for row in rows if row.key != "7"})
    later(COLLECT)
    deliver()
    assert mail.outbox[0].subject == "24 messages from the portal"


def test_a_list_of_confidential_matters_says_nothing_of_them(li):
    register("account_", lambda rows: {row.pk: {"sensitive": True, "url": "/issues/2026-1/", "hours": 1} for row in rows})
    for number in range(25):
        notify(Notice("account_password_link", str(number), [li]))
    deliver()
    later(COLLECT)
    deliver()
    assert "/issues/2026-1/" not in mail.outbox[0].body
    assert "assword" not in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_one_flood_make_one_digest(li):
    """R03, T39."""
    tell(li, *range(120))

    def work(_number):
        try:
            while deliver_due(5):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert mail.outbox == []
    assert mails().get(gathers=Gathers.BURST).members.count() == 120


# --- one a day ------------------------------------------------------------------------------------
def test_who_wants_one_mail_a_day_gets_one(li):
    DailyReader.objects.create(user=li)
    tell(li, 1, 2, 3)
    deliver()
    assert mail.outbox == []
    digest = mails().get(gathers=Gathers.DAILY)
    assert digest.next_at == morning_after(timezone.now())
    later(digest.next_at - timezone.now())
    deliver()

    assert mail.outbox[0].subject == "3 messages from the portal"
    assert "one e-mail a day" in mail.outbox[0].body
    tell(li, 4)
    deliver()
    assert len(mail.outbox) == 1


def test_urgent_and_statutory_messages_do_not_wait_for_the_daily_one(li, monkeypatch):
    monkeypatch.setattr("liaison.notifications.kinds.KindGroup.is_statutory", lambda _self, _kind: True)
    DailyReader.objects.create(user=li)
    tell(li, 1)
    monkeypatch.undo()
    register("sealed", lambda rows: {row.pk: {} for row in rows})
    tell(li, 2, urgent=True)
    monkeypatch.setattr("liaison.notifications.kinds.KindGroup.is_statutory", lambda _self, _kind: True)
    deliver()
    assert len(mail.outbox) == 2


def test_a_hundred_wait_for_the_daily_one_with_one_statement(li, django_assert_max_num_queries):
    DailyReader.objects.create(user=li)
    tell(li, *range(100))
    with django_assert_max_num_queries(25):
        deliver_due(limit=1)
    assert mails().get(gathers=Gathers.DAILY).members.count() == 100


# --- closed offices -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-09-08 10:00", "2026-09-08 10:00"),
        ("2026-09-08 08:59", "2026-09-08 09:00"),
        ("2026-09-08 17:30", "2026-09-09 09:00"),
        ("2026-09-11 18:00", "2026-09-14 09:00"),  # over a weekend
        ("2026-09-30 20:00", "2026-10-08 09:00"),  # over the national holiday
        ("2026-10-10 10:00", "2026-10-10 10:00"),  # a Saturday worked instead
        ("2026-12-31 20:00", "2027-01-01 09:00"),  # 2027 is not published: a Friday
    ],
)
def test_when_offices_open(settings, at, opens):
    """T12."""
    settings.QUIET_HOURS = True
    moment, wanted = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (at, opens))
    assert opening(moment) == wanted


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("at", ["2026-09-08 20:00 +0800", "2026-09-12 10:00 +0800"])
def test_at_night_and_on_days_off_only_urgent_messages_go_out(settings, li, at):
    """T12: the inbox never waits. One round only: the database's clock does not travel, and would find the row due at once."""
    settings.QUIET_HOURS = True
    tell(li, 1)
    tell(li, 2, urgent=True)
    with time_machine.travel(at, tick=False):
        deliver_due()
        wanted = opening(timezone.now())
    assert len(mail.outbox) == 1
    assert Notification.objects.filter(delivered_at__isnull=False).count() == 2
    waiting = mails().get(state=DeliveryState.CREATED)
    assert (waiting.next_at, waiting.due_at, waiting.attempts) == (wanted, wanted, 0)


def test_a_thousand_wait_for_the_morning_with_one_statement(settings, li, monkeypatch, django_assert_max_num_queries):
    """T12: what one person waits for is put off together; urgent ones and what a worker is at are left alone."""
    settings.QUIET_HOURS = True
    night = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("liaison.notifications.turns.opening", lambda now: max(now, night))
    notify_all([Notice("sealed", str(number), [li]) for number in range(1000)], now=timezone.now())
    with django_assert_max_num_queries(12):
        deliver_due(limit=1)
    assert mails().filter(state=DeliveryState.CREATED, next_at=night, due_at=night, attempts=0).count() == 1000


@pytest.mark.usefixtures("clock")
def test_a_retry_does_not_fall_into_the_night(settings, li):
    settings.QUIET_HOURS = True
    tell(li, 1)
    mails().update(attempts=2)
    with time_machine.travel("2026-09-08 20:00 +0800", tick=False):
        deliver_due()
    assert mail.outbox == []
    assert mails().get().next_at == datetime(2026, 9, 9, 9, tzinfo=ZONE)


@pytest.mark.usefixtures("clock")
def test_what_waits_for_the_morning_is_no_alarm(settings, li):
    settings.QUIET_HOURS = True
    tell(li, 1)
    with time_machine.travel("2026-09-08 20:00 +0800", tick=False):
        deliver_due()
        assert Delivery.objects.open().filter(due_at__lte=timezone.now()).count() == 0

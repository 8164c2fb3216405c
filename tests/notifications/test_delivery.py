"""Messages are claimed by a lease, sent, and finished only by whoever holds the lease (R02, R03)."""

import smtplib
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from liaison.notifications import delivery as delivering
from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due, settle_inbox
from liaison.notifications.models import Channel, Delivery, DeliveryState, Notification
from liaison.notifications.rendering import _LOADERS, register
from tests.people import person

KIND = "sealed"  # a kind whose three templates every installation has


def tell(*people, key="k", **context):
    return notify(Notice(KIND, key, people, context))


def by_mail() -> Delivery:
    return Delivery.objects.get(channel=Channel.EMAIL)


@pytest.fixture
def _bad_server(monkeypatch, request):
    def refuse(_self, _messages):
        raise request.param

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


@pytest.fixture(autouse=True)
def _own_loaders(monkeypatch):
    monkeypatch.setattr("liaison.notifications.rendering._LOADERS", dict(_LOADERS))


@pytest.mark.django_db
def test_a_message_reaches_the_inbox_and_the_mailbox_once():
    user = person(email="li@example.cn")
    tell(user)
    tell(user)
    assert Notification.objects.get().delivered_at is not None
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert [m.to for m in mail.outbox] == [["li@example.cn"]]
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


@pytest.mark.django_db
def test_a_mail_says_where_why_and_to_whom_in_the_readers_language(settings):
    settings.PORTAL_URL = "https://portal.example.cn"
    register(KIND, lambda rows: {row.pk: {"url": "/issues/2022-36/", "why": "您是经办人。"} for row in rows})
    tell(person(email="li@example.cn", name="李"), person(email="smith@example.cn", name="Smith", language="en"))
    deliver_due()
    chinese, english = sorted(mail.outbox, key=lambda m: m.to)
    assert chinese.extra_headers["Content-Language"] == "zh-hans"
    assert "https://portal.example.cn/issues/2022-36/" in chinese.body
    assert "您是经办人。" in chinese.body
    assert "Dear Smith," in english.body
    assert english.alternatives[0].mimetype == "text/html"


@pytest.mark.django_db
@pytest.mark.parametrize("_bad_server", [OSError("no route")], indirect=True)
@pytest.mark.usefixtures("_bad_server")
def test_the_message_id_is_the_same_at_every_try(settings, monkeypatch):
    """TRUST 3b: at least once, recognisable."""
    settings.PORTAL_URL = "https://portal.example.cn"
    tell(person(email="li@example.cn"))
    deliver_due()
    Delivery.objects.update(next_at=timezone.now())
    monkeypatch.undo()
    deliver_due()
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{by_mail().message_id}@portal.example.cn>"
    assert by_mail().attempts == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("_bad_server", "state"),
    [
        (OSError("no route"), DeliveryState.CREATED),
        (smtplib.SMTPServerDisconnected("gone"), DeliveryState.CREATED),
        (smtplib.SMTPDataError(451, b"later"), DeliveryState.CREATED),
        (smtplib.SMTPAuthenticationError(535, b"password"), DeliveryState.CREATED),
        (smtplib.SMTPDataError(554, b"spam"), DeliveryState.FAILED),
        (smtplib.SMTPRecipientsRefused({"li@example.cn": (550, b"unknown")}), DeliveryState.FAILED),
        (smtplib.SMTPRecipientsRefused({"li@example.cn": (450, b"full")}), DeliveryState.CREATED),
    ],
    indirect=["_bad_server"],
)
@pytest.mark.usefixtures("_bad_server")
def test_what_is_for_good_fails_and_the_rest_waits(state):
    tell(person(email="li@example.cn"))
    deliver_due()
    row = by_mail()
    assert row.state == state
    assert row.lease_token is None
    assert (row.next_at > timezone.now() + timedelta(seconds=20)) == (state == DeliveryState.CREATED)


@pytest.mark.django_db
@pytest.mark.parametrize("_bad_server", [OSError("no route")], indirect=True)
@pytest.mark.usefixtures("_bad_server")
def test_the_pauses_grow_and_the_last_try_gives_up():
    tell(person(email="li@example.cn"))
    pauses = []
    for _ in range(8):
        Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        deliver_due()
        pauses.append(round((by_mail().next_at - timezone.now()).total_seconds()))
    assert pauses[:-1] == sorted(pauses[:-1])
    assert (by_mail().state, by_mail().attempts) == (DeliveryState.FAILED, 8)


@pytest.mark.django_db
def test_one_bad_message_does_not_hold_up_the_others():
    user = person(email="li@example.cn")
    notify(Notice("no_such_kind", "k", [user]))
    tell(user)
    deliver_due()
    assert len(mail.outbox) == 1
    assert Delivery.objects.get(notification__kind="no_such_kind", channel=Channel.EMAIL).state == DeliveryState.CREATED


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["li@example.cn\nBcc: all@example.cn", "li@example.cn\r\nX: y"])
def test_a_line_break_in_an_address_is_refused(address):
    """S10."""
    register(KIND, lambda rows: {row.pk: {"to": address} for row in rows})
    tell(person(email="li@example.cn"))
    deliver_due()
    assert by_mail().state == DeliveryState.FAILED
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_sensitive_message_carries_no_content_by_mail():
    register("account_", lambda rows: {row.pk: {"sensitive": True, "url": "/x/", "hours": "SECRET"} for row in rows})
    notify(Notice("account_password_link", "k", [person(email="li@example.cn", language="en")]))
    deliver_due()
    assert "SECRET" not in mail.outbox[0].body
    assert mail.outbox[0].subject == "You have a message in the portal"


@pytest.mark.django_db
def test_what_a_firm_writes_makes_no_link_in_a_mail():
    """TC33: markup in a name is words; the only links are the portal's own."""
    evil = '<a href="https://evil.example/">here</a>'
    register("enterprise_", lambda rows: {row.pk: {"enterprise": evil, "url": "/e/", "name": evil} for row in rows})
    notify(Notice("enterprise_renamed", "k", [person(email="li@example.cn", name=evil)]))
    deliver_due()
    html = mail.outbox[0].alternatives[0].content
    assert 'href="https://evil.example/"' not in html
    assert "&lt;a href=" in html


@pytest.mark.django_db
def test_what_its_reader_may_no_longer_see_is_not_sent():
    register(KIND, lambda _rows: {})
    tell(person(email="li@example.cn"))
    deliver_due()
    assert by_mail().state == DeliveryState.SUPERSEDED
    assert mail.outbox == []


@pytest.mark.django_db
def test_who_was_switched_off_gets_no_mail():
    user = person(email="li@example.cn")
    tell(user)
    user.is_active = False
    user.save()
    deliver_due()
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_dead_workers_claim_is_taken_over_after_its_lease():
    """R02, TC37."""
    tell(person(email="li@example.cn"))
    mine = Delivery.objects.filter(channel=Channel.EMAIL)
    mine.update(state="sending", lease_token=uuid.uuid4(), lease_until=timezone.now() + timedelta(seconds=30))
    assert deliver_due() == 0
    mine.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == 1


@pytest.mark.django_db
def test_who_lost_the_lease_neither_sends_nor_finishes():
    """R02: fencing."""
    tell(person(email="li@example.cn"))
    row, stranger = by_mail(), uuid.uuid4()
    Delivery.objects.filter(pk=row.pk).update(state="sending", lease_token=uuid.uuid4())
    delivering._send_all([row.pk], stranger)
    assert mail.outbox == []
    assert not delivering._finish(row, stranger, state=DeliveryState.SENT)
    assert by_mail().state == DeliveryState.SENDING


@pytest.mark.django_db
def test_the_inbox_does_not_wait_behind_a_slow_mail_server(monkeypatch):
    """R08: one mail takes all the time there is; every inbox has its message, the other mails are free for the next worker."""
    for number in range(20):
        tell(person(email=f"p{number}@example.cn"), key=str(number))
    assert Notification.objects.filter(delivered_at=None).count() == 0
    moments = iter([0.0, 100.0])
    monkeypatch.setattr("liaison.notifications.delivery.time.monotonic", lambda: next(moments))
    deliver_due(until=50.0)
    mails = Delivery.objects.filter(channel=Channel.EMAIL)
    assert (mails.filter(state="sent").count(), mails.filter(state="created", attempts=0, lease_until=None).count()) == (1, 19)


@pytest.mark.django_db
def test_a_mail_that_kills_every_worker_is_given_up():
    """R12: no worker came as far as to say why; the lease runs out each time."""
    tell(person(email="li@example.cn"))
    past = timezone.now() - timedelta(minutes=5)
    Delivery.objects.update(state="sending", attempts=8, lease_until=past, lease_token=uuid.uuid4())
    deliver_due()
    assert mail.outbox == []
    assert by_mail().state == DeliveryState.FAILED


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_each_message_once():
    """R03."""
    for number in range(60):
        tell(person(email=f"p{number}@example.cn"), key=str(number))

    def work(_number):
        try:
            while deliver_due(5):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(mail.outbox) == 60
    assert len({m.to[0] for m in mail.outbox}) == 60
    assert set(Delivery.objects.filter(channel=Channel.EMAIL).values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db
def test_what_an_older_version_left_for_the_inbox_gets_there_at_once():
    """A claim of a worker of that version does not matter: in the inbox twice is the same as once."""
    for number in range(3):
        tell(person(email=f"p{number}@example.cn"), key=str(number))
    Notification.objects.update(delivered_at=None)
    left = Delivery.objects.filter(channel=Channel.INBOX)
    left.update(state="sending", sent_at=None, lease_token=uuid.uuid4(), lease_until=timezone.now() + timedelta(seconds=30))
    assert [settle_inbox(2), settle_inbox(2), settle_inbox(2)] == [2, 1, 0]
    assert Notification.objects.filter(delivered_at=None).count() == 0
    assert set(left.values_list("state", "lease_token")) == {(DeliveryState.SENT, None)}
    assert Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.CREATED).count() == 3

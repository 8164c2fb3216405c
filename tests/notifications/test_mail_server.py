"""Mail by SMTP to a server that refuses, puts off, hangs up (T15, TC37)."""

import pytest

from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, Delivery, DeliveryState, RefusedAddress
from tests.notifications.mailserver import mail_server
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def smtp(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


def tell(*people, key="k"):
    notify(Notice("sealed", key, people))
    while deliver_due():
        pass


def mails():
    return Delivery.objects.filter(channel=Channel.EMAIL)


def test_a_mail_arrives_whole(smtp):
    tell(person(email="li@example.cn"))
    [kept] = smtp.kept
    assert (kept["To"], kept["Auto-Submitted"]) == ("li@example.cn", "auto-generated")
    assert kept["Message-ID"] == f"<{mails().get().message_id}@127.0.0.1>"
    assert [part.get_content_type() for part in kept.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize(
    ("step", "answer", "state", "words", "marked"),
    [
        ("RCPT", "550 5.1.1 no such user", DeliveryState.FAILED, "SMTP 550", True),
        ("RCPT", "550 5.7.1 relaying denied", DeliveryState.FAILED, "SMTP 550", False),
        ("RCPT", "452 4.2.2 mailbox full", DeliveryState.CREATED, "SMTP 452", False),
        ("MAIL", "451 4.3.0 later", DeliveryState.CREATED, "SMTP 451", False),
        ("DATA", "554 5.6.0 not this", DeliveryState.FAILED, "SMTP 554", False),
        ("END", "554 5.7.1 spam", DeliveryState.FAILED, "SMTP 554", False),
        ("END", "421 4.3.2 closing", DeliveryState.CREATED, "SMTP 421", False),
        ("END", "", DeliveryState.CREATED, "SMTPServerDisconnected", False),
        ("RCPT", "", DeliveryState.CREATED, "SMTPServerDisconnected", False),
    ],
)
def test_what_the_server_says_decides(smtp, step, answer, state, words, marked):
    """T15: a mark only where the address itself is wrong."""
    smtp.answers = {step: answer}
    tell(person(email="li@example.cn"))
    row = mails().get()
    assert (row.state, row.error, row.attempts, smtp.kept) == (state, words, 1, [])
    assert RefusedAddress.objects.exists() == marked


def test_after_an_outage_each_mail_goes_out_once(smtp):
    """TC37: the server is away for a while; what waited goes out, none is twice, none is lost."""
    people = [person(email=f"p{number}@example.cn") for number in range(15)]
    smtp.answers = {"MAIL": "421 4.3.2 down"}
    tell(*people)
    assert set(mails().values_list("state", "attempts")) == {(DeliveryState.CREATED, 1)}
    smtp.answers = {}
    mails().update(next_at="2020-01-01T00:00Z")  # the pause passes
    tell()
    tell()
    assert sorted(kept["To"] for kept in smtp.kept) == sorted(user.email for user in people)

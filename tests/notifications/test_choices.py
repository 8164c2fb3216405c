"""The page “Messages”: what a person chooses holds, what the law wants told stays, the inbox is always on."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, DailyReader, Delivery, Notification, RefusedAddress
from liaison.notifications.ways import ways_of
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]
INBOX, EMAIL, SMS = Channel.INBOX, Channel.EMAIL, Channel.SMS


@pytest.fixture
def li(client):
    user = person("li", email="li@example.cn", language="en")
    client.force_login(user)
    return user


def ways(user, kind):
    user.refresh_from_db()
    return ways_of([(user, kind)])[user.pk, kind]


def tell(user, key):
    notify(Notice("sealed", key, [user]))
    while deliver_due():
        pass


def test_what_is_chosen_holds(client, li, sms):
    assert ways(li, "issue_admitted") == [INBOX, EMAIL]
    answer = client.post("/me/messages/", {"group_issue": ["sms"], "group_other": [], "phone": "138 0000 1234", "daily": "on"})
    assert answer.status_code == 302
    assert ways(li, "issue_admitted") == [INBOX, SMS]
    assert ways(li, "something") == [INBOX]
    assert DailyReader.objects.filter(user=li).exists()
    assert client.get("/me/messages/").context["form"].initial["group_issue"] == ["sms"]

    client.post("/me/messages/", {"group_issue": ["email"], "phone": ""})
    assert ways(li, "issue_admitted") == [INBOX, EMAIL]
    assert not DailyReader.objects.exists()


@pytest.mark.parametrize("kind", ["issue_refused", "issue_answered", "enterprise_closed", "account_password_link"])
def test_what_the_law_wants_told_cannot_be_switched_off(client, li, kind):
    client.post("/me/messages/", {})
    assert ways(li, "issue_admitted") == [INBOX]
    assert ways(li, kind) == [INBOX, EMAIL]


def test_without_an_address_the_law_is_kept_by_text_message(sms):
    assert ways(person(phone="13800001234"), "issue_refused") == [INBOX, SMS]
    assert ways(person(phone="0813-1234567"), "issue_refused") == [INBOX]


@pytest.mark.parametrize("phone", ["", "12345", "0813-1234567"])
def test_texts_need_a_number_that_takes_them(client, li, sms, phone):
    answer = client.post("/me/messages/", {"group_issue": ["sms"], "phone": phone})
    assert answer.status_code == 400
    assert "phone" in answer.context["form"].errors


def test_no_provider_no_question(client, li):
    form = client.get("/me/messages/").context["form"]
    assert "phone" not in form.fields
    assert client.post("/me/messages/", {"group_issue": ["sms"]}).status_code == 400


@pytest.mark.parametrize(("words", "marked"), [(b"5.1.1 unknown", True), (b"no such user", True), (b"5.7.1 policy", False)])
def test_an_address_that_is_refused_gets_nothing_more_until_it_changes(client, li, monkeypatch, words, marked):
    """T15."""
    sent = []

    def refuse(_self, messages):
        sent.extend(messages)
        raise smtplib.SMTPRecipientsRefused({"li@example.cn": (550, words)})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    tell(li, "1")
    tell(li, "2")
    assert len(sent) == (1 if marked else 2)
    assert RefusedAddress.objects.exists() == marked
    assert "li@example.cn" not in " ".join(Delivery.objects.values_list("error", flat=True))
    monkeypatch.undo()
    if not marked:
        return

    page = client.get("/me/messages/").content.decode()
    assert "li@example.cn was refused" in page
    inbox = Notification.objects.get(recipient=li, kind="account_address_refused")
    assert client.post(f"/inbox/{inbox.pk}/")["Location"] == "/me/messages/"
    li.email = "new@example.cn"
    li.save()
    tell(li, "3")
    assert [letter.to for letter in mail.outbox] == [["new@example.cn"]]
    assert "was refused" not in client.get("/me/messages/").content.decode()


def test_a_mended_mailbox_is_tried_again(client, li):
    RefusedAddress.objects.create(user=li, channel="email", address="li@example.cn", error="SMTP 550")
    tell(li, "1")
    assert mail.outbox == []
    assert client.post("/me/messages/address/", {"channel": "email"}).status_code == 302
    tell(li, "2")
    assert len(mail.outbox) == 1
    assert client.post("/me/messages/address/", {"channel": "\0x"}).status_code == 302


def test_my_ledger_shows_mine_alone_and_no_content(client, li):
    tell(li, "1")
    tell(person("wang", email="wang@example.cn"), "2")
    page = client.get("/me/messages/sent/")
    assert {entry.delivery.recipient for entry in page.context["entries"]} == {li}
    assert len(page.context["entries"]) == 2

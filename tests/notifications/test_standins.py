"""Who stands in since the message was written is told when it is sent; once, and only what they may see."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from liaison.accounts.models import Substitution
from liaison.notifications.actions import Notice, notify
from liaison.notifications.adapter import send_password_link
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, DailyReader, Delivery, Gathers, Notification
from liaison.notifications.rendering import register
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]


def away(absent, substitute):
    today = timezone.localdate()
    Substitution.objects.create(absent=absent, substitute=substitute, from_on=today, to_on=today + timedelta(days=3))


def deliver():
    while deliver_due():
        pass


@pytest.fixture
def li():
    return person("li", email="li@example.cn")


@pytest.fixture
def wang():
    return person("wang", email="wang@example.cn")


def test_both_are_told_once(li, wang):
    notify(Notice("sealed", "k", [li]))
    away(li, wang)
    deliver()
    notify(Notice("sealed", "k", [li, wang]))
    deliver()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["li@example.cn", "wang@example.cn"]
    assert Notification.objects.inbox_of(wang).count() == 1


def test_two_who_stand_in_for_each_other_are_no_circle(li, wang):
    notify(Notice("sealed", "k", [li]))
    away(li, wang)
    away(wang, li)
    deliver()
    assert len(mail.outbox) == 2


def test_what_the_stand_in_may_not_see_is_not_even_an_empty_line(li, wang):
    register("sealed", lambda rows: {row.pk: {} for row in rows if row.recipient == li})
    notify(Notice("sealed", "k", [li]))
    away(li, wang)
    deliver()
    assert [letter.to for letter in mail.outbox] == [["li@example.cn"]]
    assert not Notification.objects.filter(recipient=wang).exists()


def test_letters_about_an_account_are_nobody_elses(li, wang):
    away(li, wang)
    send_password_link(li)
    notify(Notice("account_password_link", "2", [li]))
    deliver()
    assert {letter.to[0] for letter in mail.outbox} == {"li@example.cn"}


def test_of_a_digest_every_message(li, wang):
    DailyReader.objects.create(user=li)
    for number in range(3):
        notify(Notice("sealed", str(number), [li]))
    deliver()
    away(li, wang)
    Delivery.objects.filter(gathers=Gathers.DAILY).update(next_at="2020-01-01T00:00Z")
    deliver()
    assert Delivery.objects.filter(recipient=wang, channel=Channel.EMAIL).count() == 3
    assert Notification.objects.inbox_of(wang).count() == 3

"""The clock of one machine is wrong: no message twice, none lost, none put off (R10)."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from liaison.notifications.actions import Notice, notify
from liaison.notifications.clock import moment
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, Delivery, DeliveryState
from tests.people import person

pytestmark = pytest.mark.django_db
OFF = pytest.mark.parametrize("off", [timedelta(hours=-2), timedelta(hours=2)])


@pytest.fixture
def wrong(off):
    with time_machine.travel(moment() + off, tick=True) as traveller:
        yield traveller


def mails():
    return Delivery.objects.filter(channel=Channel.EMAIL)


@OFF
@pytest.mark.usefixtures("wrong")
def test_what_a_wrong_machine_writes_is_due_at_once():
    notify(Notice("sealed", "k", [person(email="li@example.cn")]))
    assert abs(mails().get().next_at - moment()) < timedelta(minutes=1)
    assert [deliver_due(), deliver_due(), len(mail.outbox)] == [1, 0, 1]


@OFF
def test_two_machines_with_different_clocks_send_it_once(off):
    for number in range(20):
        notify(Notice("sealed", str(number), [person(email=f"p{number}@example.cn")]))
    while deliver_due(3):
        with time_machine.travel(moment() + off, tick=True):
            deliver_due(3)
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == 20
    assert set(mails().values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}


@OFF
@pytest.mark.usefixtures("wrong")
def test_a_wrong_machine_takes_nothing_from_who_is_at_it():
    notify(Notice("sealed", "k", [person(email="li@example.cn")]))
    mails().update(state="sending", lease_token=uuid.uuid4(), lease_until=moment() + timedelta(seconds=50))
    assert deliver_due() == 0


@OFF
@pytest.mark.usefixtures("wrong")
def test_the_pause_after_a_failure_is_no_longer_and_no_shorter(monkeypatch):
    def away(_self, _messages):
        raise OSError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    notify(Notice("sealed", "k", [person(email="li@example.cn")]))
    deliver_due()
    assert timedelta(seconds=0) < mails().get().next_at - moment() <= timedelta(seconds=30)


@OFF
@pytest.mark.usefixtures("wrong")
def test_the_flood_of_an_hour_is_counted_by_the_databases_hour():
    user = person(email="li@example.cn")
    for number in range(20):
        notify(Notice("sealed", str(number), [user]))
    while deliver_due():
        pass
    notify(Notice("sealed", "one more", [user]))
    deliver_due()
    assert len(mail.outbox) == 20
    assert mails().get(notification__key="one more").state == DeliveryState.GATHERED

"""Portal time: real time, and in a moved demonstration what its clock was moved by."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.moments import clock
from liaison.moments.models import MovedClock
from liaison.notifications import quiet
from liaison.notifications.actions import Notice, notify
from liaison.notifications.models import Delivery, Notification
from liaison.workdays import ZONE
from tests.people import person

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=3)


@pytest.fixture(autouse=True)
def movable(settings):
    settings.MOVABLE_CLOCK = True
    clock.forget()
    yield
    clock.forget()


def at(text: str):
    return time_machine.travel(f"{text}+08:00", tick=False)


def test_portal_time_is_real_time_until_it_is_moved():
    with at("2026-11-30T23:30"):
        assert clock.today().isoformat() == "2026-11-30"
        assert clock.moved_by() == clock.NOT_MOVED
        clock.move_to(timedelta(hours=1))
        assert f"{clock.now().astimezone(ZONE):%F %T}" == "2026-12-01 00:30:00"
        assert clock.today().isoformat() == "2026-12-01"
        assert clock.to_portal(clock.to_machine(clock.now())) == clock.now()


def test_nothing_is_read_and_nothing_moves_outside_a_demonstration(settings, django_assert_num_queries):
    clock.move_to(DAYS)
    settings.MOVABLE_CLOCK = False
    with django_assert_num_queries(0):
        assert clock.moved_by() == clock.NOT_MOVED


def test_the_row_is_read_once_a_second_at_most(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _again in range(100):
            clock.now()


def test_another_process_is_believed_after_a_second(monkeypatch):
    assert clock.moved_by() == clock.NOT_MOVED
    MovedClock.objects.create(moved_by=DAYS)  # as another process does it
    assert clock.moved_by() == clock.NOT_MOVED
    monkeypatch.setattr(clock, "REMEMBERED", 0)
    assert clock.moved_by() == DAYS


@pytest.mark.parametrize(("pk", "moved_by"), [(2, DAYS), (1, timedelta()), (1, -DAYS)])
def test_the_database_knows_one_clock_and_only_forward(pk, moved_by):
    with pytest.raises(IntegrityError), transaction.atomic():
        MovedClock.objects.create(pk=pk, moved_by=moved_by)


def test_a_message_is_of_portal_time_and_goes_by_the_database_s():
    """Else what is written under a moved clock would never be sent."""
    clock.move_to(DAYS)
    moment = clock.now()
    notify(Notice("sealed", "k", [person(email="li@example.cn")]), now=moment)
    delivery = Delivery.objects.get(channel="email")
    assert Notification.objects.get().created_at == moment
    assert max(delivery.due_at, delivery.next_at) < moment - DAYS + timedelta(minutes=1)


def test_a_message_never_waits_because_the_clock_was_reset_meanwhile():
    clock.move_to(DAYS)
    moment = clock.now()
    clock.move_to(clock.NOT_MOVED)
    notify(Notice("sealed", "k", [person(email="li@example.cn")]), now=moment)
    assert Delivery.objects.get(channel="email").next_at < moment - DAYS + timedelta(minutes=1)


def test_offices_keep_portal_time_and_messages_wait_by_the_machine_s(settings):
    """Monday noon on the machine; the district is at Saturday noon, and its offices open on Monday at nine."""
    settings.QUIET_HOURS = True
    with at("2026-11-30T12:00"):
        now = clock.now()
        assert quiet.opening(now) == now
        clock.move_to(timedelta(days=5))
        assert quiet.opening(now) - now == timedelta(days=1, hours=21)


def test_the_audit_record_keeps_real_time():
    clock.move_to(DAYS)
    with at("2026-11-30T12:00"):
        entries = [record(AuditTag.RIGHTS_CHANGED, by=None, subject="x", now=now) for now in (None, clock.now())]
        assert {entry.at for entry in entries} == {clock.now() - DAYS}


def test_every_page_of_a_moved_demonstration_tells_its_time():
    client = Client()
    assert "演示时间" not in client.get("/").text
    clock.move_to(DAYS)
    with at("2026-11-30T12:00"):
        assert '演示时间：<time datetime="2026-12-03T12:00:00+08:00">2026年12月3日(周四) 12:00</time>' in client.get("/").text
    client.cookies["django_language"] = "en"
    assert "Demonstration time: <time" in client.get("/accounts/login/").text

"""manage.py demo_clock: forward at will, backwards only to real time, and what the time calls for has happened then."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from liaison.demo.moving import NotMoved, target
from liaison.moments import clock
from liaison.notifications.actions import Notice, notify
from liaison.notifications.models import Delivery, DeliveryState, Gathers
from liaison.workdays import ZONE
from tests.people import person

NOON = datetime(2026, 11, 30, 12, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def movable(settings):
    settings.MOVABLE_CLOCK = True
    clock.forget()
    yield
    clock.forget()


def demo_clock(*arguments: str) -> str:
    said = StringIO()
    call_command("demo_clock", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+3d", "2026-12-03T12:00"),
        ("+2h", "2026-11-30T14:00"),
        ("+90m", "2026-11-30T13:30"),
        ("2026-12-01T09:00", "2026-12-01T09:00"),
        ("2026-12-01", "2026-12-01T00:00"),
        ("2026-12-01T09:00+00:00", "2026-12-01T17:00"),
    ],
)
def test_what_can_be_asked_for(text, moment):
    assert target(text, NOON) == datetime.fromisoformat(moment).replace(tzinfo=ZONE)


@pytest.mark.parametrize("text", ["3d", "+d", "+3w", "+1.5h", "+3d4h", "soon", "2026-13-01", "+٣d", "-3d", "+123456d", ""])
def test_what_cannot_be_read(text):
    with pytest.raises(NotMoved, match="cannot be read"):
        target(text, NOON)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("later", "cannot be read: write \\+3d"),
        ("-3d", "cannot be read"),
        ("-2", "cannot be read"),
        ("2026-11-30T11:59", "never moved back, only reset"),
        ("+0d", "never moved back"),
        ("+99999d", "at most 3650 days"),
        ("9999-12-31T23:59", "at most 3650 days"),
    ],
)
def test_a_refusal_is_a_sentence_and_moves_nothing(db, text, words):
    with time_machine.travel(NOON, tick=False):
        with pytest.raises(CommandError, match=words) as refusal:
            demo_clock(text)
        assert refusal.value.returncode != 0
        assert clock.now() == NOON


def test_only_a_demonstration_has_such_a_clock(db, settings):
    settings.DEMO = False
    for arguments in ((), ("+3d",), ("reset",)):
        with pytest.raises(CommandError, match="not a demonstration"):
            demo_clock(*arguments)


def test_it_shows_moves_and_resets(db):
    with time_machine.travel(NOON, tick=False):
        assert demo_clock() == "Demonstration time: 2026-11-30 12:00 (real time).\n"
        assert demo_clock("+3d") == (
            "Demonstration time: 2026-12-03 12:00 (3 d ahead of real time).\nNothing was due meanwhile.\n"
        )
        assert demo_clock("+90m").startswith("Demonstration time: 2026-12-03 13:30 (3 d 1 h 30 m ahead of real time).")
        with pytest.raises(CommandError, match="never moved back"):
            demo_clock("2026-12-03T13:00")
        said = demo_clock("reset")
        assert said.startswith("Demonstration time: 2026-11-30 12:00 (real time).\nWhat happened meanwhile keeps")
        assert demo_clock("reset") == "Demonstration time: 2026-11-30 12:00 (real time).\n"


def test_what_waits_for_the_morning_is_looked_at_again(db):
    notify(Notice("sealed", "k", [person(email="li@example.cn")]))
    now = timezone.now()
    later = now + timedelta(hours=12)
    Delivery.objects.filter(channel="email").update(next_at=later, due_at=later)
    row = Delivery.objects.get(channel="email")
    digest = Delivery.objects.create(gathers=Gathers.DAILY, recipient=row.recipient, channel="email", next_at=later, due_at=later)
    tried = Delivery.objects.create(
        gathers=Gathers.BURST, recipient=row.recipient, channel="sms", next_at=later, due_at=later, attempts=1
    )
    assert "deliver 1" in demo_clock("+2h")

    row.refresh_from_db(), digest.refresh_from_db(), tried.refresh_from_db()
    assert row.state != DeliveryState.CREATED
    assert (digest.next_at, tried.next_at) == (later - timedelta(hours=2), later)

"""/healthz answers quickly whatever is frozen (R04, R06)."""

import os
import signal
import time
from contextlib import contextmanager
from datetime import timedelta

import psutil
import pytest
from django.utils import timezone

from liaison.celery import app as celery_app
from liaison.notifications import doorbell
from liaison.notifications.actions import Notice, notify
from liaison.notifications.health import broker
from liaison.notifications.models import Delivery, Heartbeat, Notification
from liaison.notifications.tasks import beat
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def frozen_redis():
    pid = broker(5).info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        assert psutil.Process(pid).status() in {psutil.STATUS_STOPPED, psutil.STATUS_SLEEPING, psutil.STATUS_RUNNING}
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def health(client):
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_all_is_well(client):
    Heartbeat.beat("deliver")
    status, body = health(client)
    assert status == 200
    assert {name: sweep["silent"] for name, sweep in body["sweeps"].items()} == {"deliver": False}
    assert {key: body[key] for key in ("status", "database", "broker", "oldest_unsent_seconds")} == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "oldest_unsent_seconds": 0,
    }


def test_it_needs_no_session_no_sign_in_and_no_other_method(client):
    answer = client.get("/healthz", HTTP_HOST="10.0.0.1")
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/healthz").status_code == 405


def test_a_silent_worker_and_a_waiting_message_are_alarms(client):
    Heartbeat.objects.create(name="deliver", at=timezone.now() - timedelta(seconds=121))
    assert health(client)[1]["status"] == "degraded"
    Heartbeat.beat("deliver")
    notify(Notice("sealed", "k", [person(email="li@example.cn")]))
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    body = health(client)[1]
    assert (body["status"], body["oldest_unsent_seconds"] >= 300) == ("degraded", True)


def test_a_frozen_broker_is_told_within_a_second(client):
    """R06."""
    with frozen_redis():
        began = time.monotonic()
        status, body = health(client)
    assert (status, body["broker"], body["database"]) == (200, "away", "ok")
    assert time.monotonic() - began < 1.5


def test_a_database_that_is_away_gives_503(client, monkeypatch):
    def away():
        raise OSError

    monkeypatch.setattr("liaison.notifications.health._ask_database", away)
    status, body = health(client)
    assert (status, body["database"], body["status"]) == (503, "away", "degraded")


def test_a_frozen_broker_never_blocks_who_rings(client):
    """R06: TRUST 3 #7."""
    people = [person() for _number in range(20)]
    with frozen_redis():
        began = time.monotonic()
        for number, user in enumerate(people):
            notify(Notice("sealed", str(number), [user]))
        assert time.monotonic() - began < 2
        deadline = time.monotonic() + 6
        while doorbell._ringing.locked() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not doorbell._ringing.locked()
    assert Notification.objects.count() == 20


def test_every_sweep_of_the_schedule_beats_under_its_own_name():
    celery_app.loader.import_default_modules()
    for entry in celery_app.conf.beat_schedule.values():
        beat(celery_app.tasks[entry["task"]])

    found = dict(Heartbeat.objects.values_list("name", "every"))
    assert found == {name: int(entry["schedule"]) for name, entry in celery_app.conf.beat_schedule.items()}


@pytest.mark.parametrize(
    ("every", "age", "silent"),
    [(30, 60, False), (30, 122, True), (60, 130, False), (60, 182, True), (3600, 10_000, False), (3600, 10_803, True)],
)
def test_each_sweep_may_be_silent_as_long_as_it_is_rare(client, every, age, silent):
    """A later room need only beat: the page knows every name."""
    Heartbeat.beat("deliver")
    Heartbeat.objects.create(name="climb", at=timezone.now() - timedelta(seconds=age), every=every)
    body = health(client)[1]
    assert body["sweeps"]["climb"]["silent"] is silent
    assert age <= body["sweeps"]["climb"]["seconds"] < age + 60
    assert body["status"] == ("degraded" if silent else "ok")

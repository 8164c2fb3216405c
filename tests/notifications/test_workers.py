"""Real workers that die, a Redis that is emptied: nothing is lost, nothing is twice in the inbox (R01, R02, R05)."""

import email
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from liaison.notifications.actions import Notice, notify
from liaison.notifications.doorbell import ring
from liaison.notifications.health import broker
from liaison.notifications.models import Channel, Delivery, DeliveryState, Notification
from liaison.parameters.models import Parameter
from tests.people import person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MESSAGES = 300


@contextmanager
def worker(folder):
    """A Celery worker of the demonstration on the tests' own database: its mail is files."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    changes = {"DJANGO_SETTINGS_MODULE": "liaison.settings.base", "LIAISON_DEMO": "1", "LIAISON_DATA_DIR": str(folder)}
    environment = os.environ | changes | {"DATABASE_URL": database, "LIAISON_SECRET_KEY": "x" * 50}
    command = [sys.executable, "-m", "celery", "-A", "liaison", "worker", "-Q", "mail", "-c", "1", "--loglevel", "WARNING"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        end(process, signal.SIGKILL)


def end(process, how):
    """The worker and its children."""
    if process.poll() is None:
        os.killpg(process.pid, how)
        process.wait(30)


def until(seconds, condition):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def sent():
    return Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.SENT).count()


def ringing(condition):
    """What the sweep does every five seconds: a bell is forgotten after half a minute, and a task rests after as long."""

    def asked():
        ring()
        return condition()

    return asked


def at_rest():
    """No row was finished for a second."""
    before = sent()
    time.sleep(1)
    return sent() == before


def mails(*folders):
    texts = [
        part for folder in folders for path in (folder / "mail").glob("*") for part in path.read_text("utf-8").split("-" * 79)
    ]
    return Counter(found for text in texts if (found := email.message_from_string(text.strip())["Message-ID"]))


def test_killed_workers_and_an_emptied_redis_lose_and_double_nothing(tmp_path):
    """R01, R02, R05."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    user = person(email="li@example.cn")
    Parameter.objects.create(key="notifications.hourly_budget", value=2 * MESSAGES)  # letters, not a list of them
    for number in range(MESSAGES):
        notify(Notice("sealed", str(number), [user]))
    with worker(one) as first, worker(two) as second:
        for _ in range(4):
            ring()
            time.sleep(0.2)
        assert until(90, ringing(lambda: sent() > 20)), (one / "log").read_text()
        end(first, signal.SIGKILL)  # in the middle of a task
        broker(5).flushall()
        assert until(180, ringing(lambda: at_rest() and not Delivery.objects.filter(state=DeliveryState.CREATED).exists()))
        Delivery.objects.filter(state=DeliveryState.SENDING).update(lease_until=timezone.now())  # a minute passes
        assert until(60, ringing(lambda: sent() == MESSAGES)), (two / "log").read_text()
        end(second, signal.SIGTERM)
    assert Notification.objects.filter(delivered_at__isnull=False).count() == MESSAGES
    assert not Notification.objects.values("recipient", "kind", "key").annotate(n=Count("pk")).filter(n__gt=1)
    seen = mails(one, two)
    expected = {f"<{pk}@127.0.0.1>" for pk in Delivery.objects.filter(channel=Channel.EMAIL).values_list("message_id", flat=True)}
    assert set(seen) == expected
    assert sum(seen.values()) <= MESSAGES + 1  # the one mail that was on its way when its worker was killed

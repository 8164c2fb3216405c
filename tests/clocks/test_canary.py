"""A ladder that stands still is seen (T13)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock
from liaison.clocks.tasks import climb as climb_task
from liaison.clocks.tasks import climb_unacknowledged
from liaison.notifications.models import Heartbeat
from tests.clocks.conftest import start_clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("minutes", "status"), [(4, "ok"), (6, "degraded")])
def test_a_due_rung_that_nobody_climbs_is_an_alarm(client, things, minutes, status):
    clock, now = start_clock(), timezone.now()
    Clock.objects.filter(pk=clock.pk).update(next_step_at=now - timedelta(minutes=minutes))

    body = client.get("/healthz").json()

    assert body["status"] == status
    assert 0 <= body["oldest_due_step_seconds"] - minutes * 60 < 30
    climb(now)
    assert client.get("/healthz").json()["oldest_due_step_seconds"] == 0


def test_a_case_from_end_to_end(things):
    """The scheduled task itself reaches the rung, and its heart beats."""
    start_clock(start=timezone.now() - timedelta(days=60))

    assert climb_task() == 1
    assert climb_unacknowledged() == 0
    assert len(things.fired) == 1
    assert Heartbeat.objects.filter(name="climb").exists()

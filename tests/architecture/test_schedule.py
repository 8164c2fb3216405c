"""The schedule and the queues: static, in UTC, nothing published for later or by a web request (R08, R10, R11)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from liaison.celery import app
from liaison.launch.plan import QUEUES

ROOT = Path(settings.BASE_DIR)
LATER = {"eta", "countdown"}
PUBLISHING = {"delay", "apply_async", "send_task", "apply"}
DOORBELL = "liaison/notifications/doorbell.py"
SLOW = {"purge-guest-details", "work-imports", "forget-import-rows", "purge-pending-files", "tidy-accounts"}
MAIL = {"deliver", "mail-invitations"}


@pytest.fixture(autouse=True)
def tasks():
    app.loader.import_default_modules()


def calls() -> list[tuple[str, ast.Call]]:
    paths = [
        path
        for package in ("liaison", "enterprises", "issues", "events", "supervision")
        for path in (ROOT / package).rglob("*.py")
    ]
    return [
        (str(path.relative_to(ROOT)), node)
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def test_nothing_is_published_for_later():
    """R11: a message that waits in Redis longer than the visibility timeout runs twice, and is gone with Redis."""
    assert [name for name, call in calls() if LATER & {keyword.arg for keyword in call.keywords}] == []


def test_only_the_doorbell_publishes():
    """It has a thread of its own; whatever else published would hold up a web request while Redis is frozen (R06)."""
    published = [
        (name, call.func.attr) for name, call in calls() if isinstance(call.func, ast.Attribute) and call.func.attr in PUBLISHING
    ]
    assert published == [(DOORBELL, "send_task")]


def test_the_schedule_is_static_and_in_utc():
    """R10: intervals, so that no clock change skips or doubles a run; each expires, so that a dead worker leaves no heap."""
    assert (app.conf.timezone, app.conf.enable_utc) == ("UTC", True)
    for name, entry in app.conf.beat_schedule.items():
        assert set(entry) == {"task", "schedule", "options"}, name
        assert type(entry["schedule"]) is float
        assert 0 < entry["schedule"] <= 3600
        assert 0 < entry["options"]["expires"] <= max(60, entry["schedule"])


def test_the_schedule_names_tasks_that_exist_and_each_once():
    named = [entry["task"] for entry in app.conf.beat_schedule.values()]

    assert sorted(named) == sorted(name for name in app.tasks if not name.startswith("celery."))


def test_slow_work_has_a_queue_of_its_own():
    """R08."""
    queue_of = {name: app.amqp.router.route({}, entry["task"])["queue"].name for name, entry in app.conf.beat_schedule.items()}
    assert set(queue_of.values()) == set(QUEUES)
    assert {name for name, queue in queue_of.items() if queue == "slow"} == SLOW
    assert {name for name, queue in queue_of.items() if queue == "mail"} == MAIL


def test_lost_messages_and_killed_processes_cost_nothing():
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.task_ignore_result
    assert (conf.worker_prefetch_multiplier, conf.worker_disable_prefetch) == (1, True)
    assert conf.task_soft_time_limit < conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]

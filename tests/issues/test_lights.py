"""Lights: one rule, told the same by Python for a row and by SQL for a filter."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.lights import BLUE, RED, YELLOW, light_of, lit, remaining
from issues.models import Issue
from tests.factories.issues import MONDAY, submitted, walk

HOUR = timedelta(hours=1)


@pytest.fixture
def issue(district):
    return walk(district, submitted(district), "admit", "dispatch-alone", "accept")


@pytest.mark.parametrize(
    ("later", "light"),
    [
        (HOUR, BLUE),
        (timedelta(days=7), BLUE),
        (timedelta(days=8), BLUE),
        (timedelta(days=8, hours=3), YELLOW),
        (timedelta(days=9, hours=9), RED),
        (timedelta(days=40), RED),
    ],
)
def test_a_light_changes_with_time(issue, later, light):
    assert light_of(issue, MONDAY + later) == light


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.integers(-50, 1500),
    limit=st.integers(1, 60),
    stage=st.sampled_from(["handling", "sign_off", "answered"]),
    halted=st.booleans(),
)
def test_filter_and_row_agree(issue, hours, limit, stage, halted):
    now = MONDAY + hours * HOUR
    due = MONDAY + timedelta(days=limit)
    changed = {
        "due_at": due,
        "warn_at": MONDAY + 0.8 * (due - MONDAY),
        "stage": stage,
        "suspended_until": MONDAY.date() if halted else None,
    }
    Issue.objects.filter(pk=issue.pk).update(**changed)

    found = [colour for colour in (RED, YELLOW, BLUE) if Issue.objects.filter(lit(colour, now), pk=issue.pk).exists()]

    assert found == list(filter(None, [light_of(Issue.objects.get(pk=issue.pk), now)]))


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(), "7 working days 6 hours left"),
        (timedelta(days=8), "1 working day 6 hours left"),
        (timedelta(days=8, hours=10), "1 working day left"),
        (timedelta(days=9, hours=1), "5 hours 30 minutes left"),
        (timedelta(days=9, hours=7, minutes=40), "20 minutes left"),
        (timedelta(days=9, hours=9), "late since today"),
        (timedelta(days=10), "1 working day late"),
        (timedelta(days=11), "2 working days late"),
    ],
)
def test_the_time_left_is_told_in_words(issue, later, words):
    with override("en"):
        assert remaining(issue, MONDAY + later) == words

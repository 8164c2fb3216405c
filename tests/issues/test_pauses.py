"""More time, pauses and withdrawals that cross each other."""

from datetime import timedelta

import pytest
from django.db import connection

from issues.actions.pausing import resume_suspended
from issues.enums import Stage
from issues.models import Issue, IssueEvent
from liaison.accounts.models import Duty
from liaison.workdays import ZONE
from liaison.workflow import NotYourStep
from tests.factories.issues import MONDAY, person, step, submitted, walk


@pytest.fixture
def issue(district):
    return walk(district, submitted(district), "admit", "dispatch-alone", "accept")


def suspended(district, issue, days: int):
    until = MONDAY.date() + timedelta(days=days)
    issue = step(district, issue, "ask-suspension", "tax.handler", kind="firm", reason="等材料", until=until)
    return step(district, issue, "decide-suspension", "desk1", result="approve")


def test_more_time_that_was_asked_for_before_a_pause_never_becomes_less(district, issue):
    asked = issue.due_at.astimezone(ZONE).date() + timedelta(days=1)
    issue = step(district, issue, "ask-extension", "tax.handler", reason="待批复", until=asked, note="需要几天")
    issue = suspended(district, issue, 8)
    issue = step(district, issue, "resume", "tax.handler", MONDAY + timedelta(days=7))
    paused = issue.due_at

    issue = step(district, issue, "decide-extension", "desk1", MONDAY + timedelta(days=7), result="approve")

    assert paused.astimezone(ZONE).date() > asked
    assert issue.due_at == paused
    assert issue.orders.get().due_at == paused


def test_nobody_decides_on_more_time_that_they_asked_for(district, issue):
    district.people["two.hats"] = person("two.hats", (district.units["tax"], Duty.HEAD), (district.units["desk"], Duty.DESK))
    asked = issue.due_at.astimezone(ZONE).date() + timedelta(days=1)
    issue = step(district, issue, "ask-extension", "two.hats", reason="待批复", until=asked, note="需要几天")

    with pytest.raises(NotYourStep):
        step(district, issue, "decide-extension", "two.hats", result="approve")


def test_what_was_withdrawn_in_a_pause_is_not_resumed(district, issue):
    issue = suspended(district, issue, 3)
    issue = step(district, issue, "withdraw", "firm1", reason="已自行解决")
    issue = step(district, issue, "call-back", "caller1", result="withdrawn", text="企业确认")

    assert resume_suspended(MONDAY + timedelta(days=5)) == 0
    assert (issue.stage, issue.suspended_until) == (Stage.WITHDRAWN, None)
    assert IssueEvent.objects.filter(issue=issue).last().kind == "call-back"


def test_the_sweep_of_every_minute_finds_pauses_by_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "issue_suspended" in Issue.objects.filter(suspended_until__lt=MONDAY.date()).order_by().explain()

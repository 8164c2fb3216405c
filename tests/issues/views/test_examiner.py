"""What an examiner from outside tried against a running portal: each gets its message, nothing is done, nothing is a 500."""

import pytest
import time_machine

from issues.actions import ACTIONS
from issues.models import Issue
from liaison.workflow import StepNotOpen
from tests.factories.issues import MONDAY, step, submitted, walk
from tests.issues.views.driver import Driver

INVISIBLE = ["\u200b\u200b", "\ufeff", "\u202e\u200f", "\u3164", "\u3000\u200d"]


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def handled(district) -> Driver:
    return Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept"))


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_what_shows_nothing_counts_as_nothing(handled, nothing):
    for by, page, fields in [
        ("tax.handler", "answer", {"outcome": "solved", "text": nothing}),
        ("tax.handler", "contact", {"text": nothing}),
        ("firm1", "message", {"text": nothing}),
        ("firm1", "withdraw", {"reason": nothing}),
    ]:
        assert handled.post(by, page, **fields).status_code == 400, page
    raised = handled.client("firm1").post(
        "/issues/new/", {"title": nothing, "body": nothing, "category": "01", "nature": "help", "urgency": "normal"}
    )
    assert raised.status_code == 400


@pytest.mark.parametrize("nothing", INVISIBLE)
def test_a_correction_cannot_empty_the_title(district, nothing):
    driver = Driver(district, submitted(district))
    assert driver.post("firm1", "correct", title=nothing, body="还在").status_code == 400


def test_marks_that_turn_the_direction_reach_no_reader_of_a_step(handled):
    handled.take("tax.handler", "answer", outcome="explained", text="见\u202e文件\u2066。👨‍👩‍👧𠮷")
    assert handled.issue.answers.get().text == "见文件。👨‍👩‍👧𠮷"  # the joiners of a picture of people stay


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "1900-01-01T00:00", "2020-01-01T10:00"])
def test_nobody_spoke_about_it_before_it_was_sent(handled, at):
    answer = handled.post("tax.handler", "contact", at=at, text="通话", kind="phone")
    assert (answer.status_code, "当时诉求尚未提交" in answer.content.decode()) == (400, True)


def test_no_conference_before_it_was_sent(handled):
    assert handled.post("desk1", "confer", co_units=["tax"], held_on="0001-01-01", text="决定").status_code == 400


def test_no_plan_for_the_end_of_time(handled):
    assert handled.post("tax.handler", "answer", outcome="planned", text="计划", until="9999-12-31").status_code == 400


@pytest.mark.parametrize("line", ["0001-01-01 开工", "9999-12-31 竣工", "2026-12-31 \u200b"])
def test_milestones_are_days_that_can_be_reached(handled, line):
    handled.take("tax.handler", "answer", outcome="explained", text="需要较长时间")
    assert handled.post("tax.head", "track", text="计划", milestones=line, until="2026-12-31").status_code == 400


def test_an_issue_that_hides_its_firm_is_not_merged_with_one_that_shows_it(district):
    """Each shows the other's number, so a unit that had one of them would learn the firm of the other."""
    open_one, hidden = submitted(district), submitted(district, sensitive=True)
    for issue, into in ((open_one, hidden), (hidden, open_one)):
        answer = Driver(district, issue).post("desk1", "merge", into=into.address)
        assert (answer.status_code, "不能并单" in answer.content.decode()) == (400, True)
        with pytest.raises(StepNotOpen):
            ACTIONS["merge"](issue, by=district["desk1"], now=MONDAY, into=into)


def test_two_issues_that_are_merged_into_each_other_at_once(district):
    """The forms of both were valid; the second act is told that it came too late, with a page and not with a fault (R18)."""
    first, second = submitted(district), submitted(district)
    ACTIONS["merge"](first, by=district["desk1"], now=MONDAY, into=second)
    with pytest.raises(StepNotOpen) as late:
        ACTIONS["merge"](second, by=district["desk2"], now=MONDAY, into=first)
    assert late.value.reason


def test_a_call_about_an_evaluation_while_the_firm_withdraws(district):
    """The caller's form was valid; under the lock the call would be about something else (R18)."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate-badly")
    Issue.objects.filter(pk=issue.pk).update(stage_before="answered")
    with pytest.raises(StepNotOpen) as late:
        step(district, issue, "call-back", "caller1", result="closed", text="已通话")
    assert late.value.reason


def test_an_order_is_not_given_to_somebody_who_may_not_see_it(district):
    """An official whom the firm names cannot be made its handler."""
    named = submitted(district, concerns_text=f"税务局{district['tax.handler'].name}")
    issue = walk(district, named, "admit", "dispatch-alone")
    answer = Driver(district, issue).post("tax.liaison", "accept", handler="tax.handler")
    assert answer.status_code == 400
    assert Issue.objects.get(pk=issue.pk).stage == "dispatched"


def test_the_second_to_decide_on_more_time_reads_who_was_first(handled):
    """R18: after the first extension the leader decides; whoever comes a moment late is told so and not sent away (403)."""
    handled.take("tax.handler", "extend", reason="核实", until="2026-09-21", note="请谅解")
    answers = [handled.post(by, "extend", result="approve") for by in ("desk1", "desk2")]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert handled.district["desk1"].name in answers[1].content.decode()

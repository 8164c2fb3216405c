"""Every step of the flow has its address, form, action, event and words; the drawing is up to date."""

import pytest
from django.core.management import call_command
from django.utils import translation

from issues.actions import ACTIONS
from issues.enums import Stage
from issues.forms.steps import STEP_FORMS
from issues.models import Issue
from issues.views.step import PAGES
from issues.views.words import DONE
from issues.workflow import ISSUE_FLOW
from liaison.workflow import StepNotOpen
from tests.factories.issues import MONDAY, submitted, walk

STEPS = [step.name for step in ISSUE_FLOW]


def test_each_step_has_one_action():
    assert sorted(ACTIONS) == sorted(STEPS)


def test_each_step_but_submitting_has_a_form_and_words():
    assert sorted(STEP_FORMS) == sorted(set(STEPS) - {"submit"})
    assert set(STEP_FORMS) <= set(DONE)


def test_addresses_are_the_documented_ones():
    assert {
        "admit",
        "refuse",
        "answer-at-once",
        "merge",
        "dispatch",
        "accept",
        "send-back",
        "contact",
        "extend",
        "suspend",
        "resume",
        "opinion",
        "answer",
        "sign-off",
        "track",
        "evaluate",
        "call-back",
        "redo",
        "confer",
        "withdraw",
        "end",
        "reopen",
        "direct-line",
    } <= PAGES


def test_every_stage_can_be_reached():
    reached = {target for step in ISSUE_FLOW for target in step.targets}

    assert reached | {Stage.DRAFT} >= set(Stage)


@pytest.mark.parametrize("name", STEPS)
def test_labels_are_translated(name):
    with translation.override("zh-hans"):
        assert not str(ISSUE_FLOW[name].label).isascii()


@pytest.mark.parametrize(
    "name", sorted(set(STEPS) - {"correct", "withdraw", "direct-line", "name-officials", "recheck", "reopen"})
)
def test_a_closed_issue_refuses_every_other_step(district, name):
    """Terminal stages are terminal: who might do the step elsewhere gets 409, nobody else may."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate")

    for username in district.people:
        step, user = ISSUE_FLOW[name], district[username]
        fresh = Issue.objects.get(pk=issue.pk)
        if step.who(fresh, user):
            with pytest.raises(StepNotOpen):
                ISSUE_FLOW.check(name, fresh, user, MONDAY)


def test_the_drawing_is_up_to_date(capsys):
    call_command("issue_flow", check=True)

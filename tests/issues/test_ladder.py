"""The ladder on issues: what is reached, who is told, what stays internal."""

from datetime import timedelta

import pytest

from issues.ladder import IssueSubjects
from issues.models import SUBJECT, Issue, IssueEvent, Urging
from issues.story import Reader
from liaison.accounts.models import Duty, Substitution
from liaison.clocks.actions.climbing import Climbed, climb
from liaison.clocks.enums import Light, StepState
from liaison.clocks.models import Clock, Step
from liaison.notifications.models import Notification
from liaison.notifications.rendering import message_of
from liaison.workdays import ZONE
from tests.factories.issues import MONDAY, person, step, submitted, walk


@pytest.fixture
def issue(district):
    district.people["tax.deputy"] = person("tax.deputy", (district.units["tax"], Duty.DEPUTY))
    return walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")


def answer_clock(issue) -> Clock:
    return Clock.objects.of(SUBJECT, issue.pk).get(kind="answer")


def states(clock) -> dict[int, str]:
    return dict(Step.objects.filter(clock=clock, cycle=clock.cycle).values_list("level", "state"))


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def moment(clock, level):
    return Step.objects.get(clock=clock, cycle=clock.cycle, level=level).due_at


def test_every_rung_is_reached_in_its_time_and_tells_its_people(district, issue):
    """T19: the whole ladder, rung by rung; T18: ten runs at each of them are one."""
    clock = answer_clock(issue)
    people = {}
    for level in range(1, 7):
        at = moment(clock, level)
        early = climb(at - timedelta(seconds=1))
        runs = [climb(at) for _time in range(10)]
        people[level] = told(f"issue_rung_{level}")
        assert (early, runs[1:]) == (Climbed(), [Climbed()] * 9), level
    clock.refresh_from_db()

    unit = {"tax.handler", "tax.liaison"}
    late = unit | {"tax.deputy", "tax.head", "desk1", "desk2"}
    assert states(clock) == {1: "spared", **dict.fromkeys(range(2, 7), "fired")}
    assert people == {
        1: set(),
        2: unit | {"tax.deputy"},
        3: late,
        4: late | {"inspect1"},
        5: late | {"inspect1", "leader1"},
        6: late | {"inspect1", "leader1", "leader.main"},
    }
    assert (clock.level, clock.light, clock.next_step_at) == (6, Light.RED, None)
    assert [row.told for row in Step.objects.filter(clock=clock).order_by("level")] == [0, 3, 6, 7, 8, 9]
    assert list(IssueEvent.objects.filter(kind="rung").values_list("detail__level", "internal", "actor")) == [
        (level, True, None) for level in range(2, 7)
    ]


def test_whoever_was_not_called_is_reminded_at_half_time(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    clock = answer_clock(issue)

    climb(moment(clock, 1))

    assert told("issue_rung_1") >= {"tax.handler", "tax.liaison"}
    assert states(clock)[1] == StepState.FIRED

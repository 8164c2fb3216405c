"""Rungs that are reached by what firms and callers find, however much time is left."""

from datetime import datetime
from typing import Final

from issues.enums import Outcome, Solved, Timed
from issues.models import SUBJECT, Issue
from liaison.clocks.actions.forcing import force
from liaison.clocks.models import Clock

LEADERS, TOP = 5, 6
SECOND: Final = 2


def escalate_dissatisfaction(issue: Issue, now: datetime) -> None:
    """The second bad judgement of an issue goes to the leader in charge, the third to the main leaders; all rounds count."""
    bad = sum(not evaluation.is_satisfied for evaluation in issue.evaluations.all())
    if bad >= SECOND:
        _force(issue, LEADERS if bad == SECOND else TOP, now)


def escalate_false_closing(issue: Issue, now: datetime) -> None:
    """The unit answered "solved", the firm says it is not, and a caller from outside has found the firm to be right."""
    judged = issue.evaluations.filter(round=issue.round).first()
    if issue.outcome == Outcome.SOLVED and (judged is None or judged.solved == Solved.NO):
        _force(issue, TOP, now)


def _force(issue: Issue, level: int, now: datetime) -> None:
    """On the newest answer's clock; what the desk answered at once had none."""
    clock = Clock.objects.of(SUBJECT, issue.pk).filter(kind=Timed.ANSWER).order_by("-pk").first()
    if clock is not None:
        force(clock, level, now)

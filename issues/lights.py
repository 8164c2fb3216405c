"""Lights of running answers: the same rule for one issue in Python and for a list in SQL, and the time left in words."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from issues.enums import WITH_UNIT
from issues.models import Issue
from liaison.clocks.words import left_or_late
from liaison.workdays import portal

RED: Final = "red"
YELLOW: Final = "yellow"
BLUE: Final = "blue"

_RUNNING = Q(stage__in=sorted(WITH_UNIT), suspended_until=None)


def light_of(issue: Issue, now: datetime) -> str:
    """Red when late, yellow from the ladder's warning on, blue while there is time; none where no answer is running."""
    if issue.stage not in WITH_UNIT or issue.due_at is None or issue.suspended_until:
        return ""
    if issue.due_at < now:
        return RED
    return YELLOW if issue.warn_at is not None and issue.warn_at <= now else BLUE


def lit(colour: str, now: datetime) -> Q:
    """Issues whose light has this colour."""
    late = Q(due_at__lt=now)
    near = Q(warn_at__lte=now)
    return _RUNNING & {RED: late, YELLOW: ~late & near, BLUE: ~late & Q(Q(warn_at=None) | Q(warn_at__gt=now))}[colour]


def remaining(issue: Issue, now: datetime) -> str:
    """The time left, or by how much it is late, in words."""
    return "" if issue.due_at is None else time_left(issue.due_at, now)


def time_left(due_at: datetime, now: datetime) -> str:
    """The time left until a moment, or by how much it is late, in words."""
    return left_or_late(due_at, now, portal.calendar())


def light_until(due_at: datetime, now: datetime) -> str:
    """The light of anything that is owed by a moment: red when late, yellow on the last working day, blue before."""
    if due_at < now:
        return RED
    calendar = portal.calendar()
    second_day = calendar.workday_after(calendar.date_of(now), 2)
    return YELLOW if calendar.date_of(due_at) < second_day else BLUE

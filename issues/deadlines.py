"""Limits and due moments of an issue: pure functions, no database."""

from datetime import date, datetime, timedelta

from issues.enums import Nature, Urgency
from liaison.workdays import ZONE, add_workdays, due_after, end_of, workdays_between


def limit_key(nature: str, urgency: str) -> str:
    """Which parameter sets the limit for an answer."""
    if urgency == Urgency.URGENT:
        return "issues.limit_urgent"
    if nature in {Nature.COMPLAINT, Nature.REPORT}:
        return "issues.limit_complaint"
    return "issues.limit_consult" if nature in {Nature.CONSULT, Nature.PRAISE} else "issues.limit_help"


def last_day_to_extend(due_at: datetime) -> date:
    """The last day on which an extension may be asked: one working day before the due date."""
    day = due_at.astimezone(ZONE).date() - timedelta(days=1)
    while workdays_between(day, due_at.astimezone(ZONE).date()) < 1:
        day -= timedelta(days=1)
    return day


def latest_extension(issued_at: datetime, limit_days: int) -> date:
    """The latest new date: the limit may at most be doubled."""
    return add_workdays(issued_at.astimezone(ZONE).date(), 2 * limit_days)


def moved_by_pause(due_at: datetime, paused_on: date, resumed_on: date) -> datetime:
    """The due moment after a pause: as many working days later as were paused."""
    paused = workdays_between(paused_on, resumed_on)
    return end_of(add_workdays(due_at.astimezone(ZONE).date(), paused)) if paused else due_at


def is_within_workdays(since: datetime, now: datetime, days: int) -> bool:
    """Whether ``now`` is no later than the end of the ``days``-th working day after ``since``."""
    return now <= due_after(since, days)

"""Days by which something may be asked or given: pure functions, no database."""

from datetime import date, datetime, timedelta

from liaison.workdays import ZONE, due_after, workdays_between
from liaison.workdays.limits import Limit, due_at
from liaison.workdays.portal import calendar


def last_day_to_extend(due_at: datetime) -> date:
    """The last day on which an extension may be asked: one working day before the due date."""
    day = due_at.astimezone(ZONE).date() - timedelta(days=1)
    while workdays_between(day, due_at.astimezone(ZONE).date()) < 1:
        day -= timedelta(days=1)
    return day


def latest_extension(issued_at: datetime, limit: Limit) -> date:
    """The latest new date: the limit may at most be doubled."""
    return due_at(calendar(), issued_at, Limit(2 * limit.amount, limit.unit)).astimezone(ZONE).date()


def is_within_workdays(since: datetime, now: datetime, days: int) -> bool:
    """Whether ``now`` is no later than the end of the ``days``-th working day after ``since``."""
    return now <= due_after(since, days)

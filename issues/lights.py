"""Lights of running answers: the same rule for one issue in Python and for a list in SQL, and the time left in words."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext, ngettext

from issues.enums import WITH_UNIT
from issues.models import Issue
from liaison.workdays import DAY_ENDS, ZONE, add_workdays, is_workday, workdays_between

RED: Final = "red"
YELLOW: Final = "yellow"
BLUE: Final = "blue"
USED_UP: Final = 0.8
"The part of the limit after which a warning is due."
WORKING_HOURS: Final = 8

_RUNNING = Q(stage__in=sorted(WITH_UNIT), suspended_until=None)
_LIMIT = ExpressionWrapper((F("due_at") - F("dispatched_at")) * USED_UP, output_field=DurationField())
_WARNED_AT = ExpressionWrapper(F("dispatched_at") + _LIMIT, output_field=DateTimeField())


def light_of(issue: Issue, now: datetime) -> str:
    """Red when late, yellow near the end, blue while there is time; none where no answer is running."""
    if issue.stage not in WITH_UNIT or issue.due_at is None or issue.suspended_until:
        return ""
    if issue.due_at < now:
        return RED
    used_up = issue.dispatched_at is not None and now >= issue.dispatched_at + USED_UP * (issue.due_at - issue.dispatched_at)
    return YELLOW if used_up or issue.due_at < _near_until(now) else BLUE


def lit(colour: str, now: datetime) -> Q:
    """Issues whose light has this colour."""
    late = Q(due_at__lt=now)
    near = Q(due_at__lt=_near_until(now)) | Q(LessThanOrEqual(_WARNED_AT, now))
    return _RUNNING & {RED: late, YELLOW: ~late & near, BLUE: ~late & ~near}[colour]


def _near_until(now: datetime) -> datetime:
    """The moment before which at most one working day is left."""
    return _beginning_of_second_day(now.astimezone(ZONE).date())


@lru_cache(maxsize=8)
def _beginning_of_second_day(today: date) -> datetime:
    return datetime.combine(add_workdays(today, 2), time.min, ZONE)


def remaining(issue: Issue, now: datetime) -> str:
    """The time left, or by how much it is late, in words."""
    return "" if issue.due_at is None else time_left(issue.due_at, now)


def light_until(due_at: datetime, now: datetime) -> str:
    """The light of anything that is owed by a moment: red when late, yellow on the last working day, blue before."""
    return RED if due_at < now else YELLOW if due_at < _near_until(now) else BLUE


def time_left(due_at: datetime, now: datetime) -> str:
    """The time left until a moment, or by how much it is late, in words."""
    local, due = now.astimezone(ZONE), due_at.astimezone(ZONE)
    if due < local:
        late = workdays_between(due.date(), local.date())
        return (
            ngettext("%(days)d working day late", "%(days)d working days late", late) % {"days": late}
            if late
            else gettext("late since today")
        )
    days, hours = workdays_between(local.date(), due.date()), _hours_left_today(local)
    if not days:
        left = max(due - local, timedelta())
        minutes = int(left.total_seconds() // 60)
        return _span(0, minutes // 60, minutes % 60)
    return _span(days, hours, 0)


def _hours_left_today(local: datetime) -> int:
    """Whole working hours until the offices close."""
    if not is_workday(local.date()):
        return 0
    seconds = (datetime.combine(local.date(), DAY_ENDS, ZONE) - local).total_seconds()
    return min(max(int(seconds // 3600), 0), WORKING_HOURS)


def _span(days: int, hours: int, minutes: int) -> str:
    """The time left as words; minutes only where there is not an hour."""
    in_days = ngettext("%(days)d working day", "%(days)d working days", days) % {"days": days} if days else ""
    in_hours = ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours} if hours else ""
    in_minutes = (
        ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes} if not days and not hours else ""
    )
    return gettext("%(time)s left") % {"time": " ".join(filter(None, [in_days, in_hours, in_minutes]))}

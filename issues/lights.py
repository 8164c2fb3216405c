"""Lights of running answers: the same rule for one issue in Python and for a list in SQL, and the time left in words."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from issues.enums import WITH_UNIT
from issues.models import Issue
from liaison.workdays import DAY_ENDS, ZONE, is_workday, workdays_between

RED: Final = "red"
YELLOW: Final = "yellow"
BLUE: Final = "blue"
WORKING_HOURS: Final = 8

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
    return time_words(issue.due_at, now) if issue.due_at else ""


def time_words(due_at: datetime, now: datetime) -> str:
    """The same for any due moment."""
    local = now.astimezone(ZONE)
    due = due_at.astimezone(ZONE)
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

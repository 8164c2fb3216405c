"""A clock in words: how long it has, how much is left, and why it ends when it does."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext, ngettext

from liaison.clocks.enums import Outcome
from liaison.clocks.models import Clock
from liaison.clocks.reckoning import stretches_of
from liaison.ui.moments import words_of
from liaison.workdays import ZONE, workdays_between
from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.explanations import why
from liaison.workdays.intervals import span_between
from liaison.workdays.limits import reckon
from liaison.workdays.words import limit_words, sentences, time_left


def limit_of(clock: Clock) -> str:
    """How long it runs, or that its day was promised."""
    if clock.limit is None:
        return gettext("promised day")
    return limit_words(clock.limit)


def left_or_late(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> str:
    """剩 2 个工作日 3 小时, or by how much it is late."""
    if due_at >= now:
        return time_left(span_between(calendar, now, due_at))
    late = workdays_between(due_at.astimezone(ZONE).date(), now.astimezone(ZONE).date())
    if not late:
        return gettext("late since today")
    return ngettext("%(days)d working day late", "%(days)d working days late", late) % {"days": late}


def state_of(clock: Clock, now: datetime, calendar: WorkingCalendar) -> str:
    """The one sentence about how it stands."""
    if clock.ended_at is not None:
        return _ended(clock, clock.ended_at)
    if clock.paused_at is not None:
        return gettext("stands still since %(moment)s") % {"moment": words_of(clock.paused_at, "list")}
    return left_or_late(clock.due_at, now, calendar)


def _ended(clock: Clock, at: datetime) -> str:
    words = {
        Outcome.MET: gettext("done in time, on %(moment)s"),
        Outcome.MISSED: gettext("missed: ended on %(moment)s"),
        Outcome.VOID: gettext("without object since %(moment)s"),
    }
    return words[Outcome(clock.outcome)] % {"moment": words_of(at, "list")}


def why_this_date(clock: Clock, calendar: WorkingCalendar) -> list[str]:
    """Every segment counted, every day skipped, every pause (T42)."""
    stretches = stretches_of(clock.pauses.all())
    if clock.extended_to is not None and clock.extended_at is not None:
        return [*_granted(clock), *_moved(clock, stretches)]
    if clock.limit is None:
        assert clock.fixed_on is not None  # a constraint says so
        day = words_of(clock.fixed_on, "day")
        return [gettext("%(day)s was promised: it ends with that day, or with the next working day.") % {"day": day}, _end(clock)]
    return sentences(why(reckon(calendar, clock.started_at, clock.limit, stretches)))


def _granted(clock: Clock) -> list[str]:
    assert clock.extended_at is not None
    assert clock.extended_to is not None
    values = {"moment": words_of(clock.extended_at, "full"), "day": words_of(clock.extended_to, "day")}
    return [gettext("On %(moment)s it was given time until the end of %(day)s.") % values]


def _moved(clock: Clock, stretches: Sequence[tuple[datetime, datetime]]) -> list[str]:
    """Pauses after the grant move the granted day."""
    assert clock.extended_at is not None
    later = [(max(start, clock.extended_at), end) for start, end in stretches if end > clock.extended_at]
    words = gettext("Paused from %(start)s to %(end)s: the working time in it is made up for.")
    return [*(words % {"start": words_of(start, "full"), "end": words_of(end, "full")} for start, end in later), _end(clock)]


def _end(clock: Clock) -> str:
    return gettext("It ends at %(end)s.") % {"end": words_of(clock.due_at, "full")}

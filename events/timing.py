"""Which clocks run for a meeting, read off its state after every step that may change it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from events.enums import WITH_MINUTES, Stage, Timed, TopicState
from events.models import Occasion, Topic
from liaison.accounts.models import User
from liaison.clocks.actions.keeping import Matter, Wanted, keep
from liaison.clocks.kinds import ClockKind, DefaultLimit
from liaison.clocks.models import Clock
from liaison.workdays import ZONE, portal
from liaison.workdays.limits import LimitUnit

SUBJECT: Final = "occasion"
"What clocks call a meeting."
MINUTES_DAYS: Final = 3
DRAFT_DAYS_BEFORE: Final = 3
CLOCK_KINDS: Final = (
    ClockKind(Timed.MINUTES, Timed.MINUTES.label, (DefaultLimit(MINUTES_DAYS, LimitUnit.WORKING_DAYS),), internal=True),
    ClockKind(Timed.DRAFT, Timed.DRAFT.label, internal=True),
)


def draft_day(occasion: Occasion, now: datetime) -> date:
    """Three working days before the meeting; today where that is over."""
    calendar, day = portal.calendar(), occasion.starts_at.astimezone(ZONE).date()
    missing, today = DRAFT_DAYS_BEFORE, now.astimezone(ZONE).date()
    while missing and day > today:
        day -= timedelta(days=1)
        missing -= calendar.is_workday(day)
    return max(day, today)


def wanted(occasion: Occasion, now: datetime) -> Iterator[Wanted]:
    """Every clock that runs now."""
    if occasion.stage == Stage.HELD and occasion.kind in WITH_MINUTES:
        yield Wanted(Timed.MINUTES, now, unit=occasion.host_unit_id)
    if occasion.stage == Stage.PUBLISHED:
        for topic in occasion.topics.filter(state=TopicState.ASSIGNED):
            yield Wanted(Timed.DRAFT, now, part=topic.pk, fixed_on=topic.due_on, unit=topic.unit_id)


def keep_clocks(occasion: Occasion, now: datetime, by: User | None = None) -> None:
    """Bring the clocks of a locked meeting in line with its state. The caller has called ``portal.hold`` before locking it."""

    def done(clock: Clock) -> bool:
        if clock.kind == Timed.MINUTES:
            return occasion.stage in {Stage.MINUTED, Stage.CLOSED}
        return Topic.objects.filter(pk=clock.part, state=TopicState.DRAFTED).exists()

    keep(Matter(SUBJECT, occasion.pk), wanted(occasion, now), done=done, now=now, by=by)

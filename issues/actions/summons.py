"""Summonses: called by a leader, an inspector or the ladder's top rung; held, then recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from issues import notices
from issues.actions.rungs import events_of, locked, not_fired
from issues.actions.step import lock, write_event
from issues.inspection import BY_HAND, SUMMONS_FLOW
from issues.models import Issue, Summons
from issues.permissions import is_staff_side
from liaison.accounts.models import Unit, User
from liaison.notifications.actions import notify_all
from liaison.parameters.models import parameter
from liaison.workdays import due_after, end_of


@dataclass(frozen=True)
class Called:
    """One summons to be called; with a clock and a rung it is the ladder's, and called at most once."""

    issue: Issue
    unit: Unit
    reason: str
    due_at: datetime
    by: User | None = None
    clock_id: int | None = None
    level: int | None = None


def usual_day(now: datetime) -> datetime:
    """By when a summons has to be held, where nobody says otherwise."""
    return due_after(now, parameter("issues.summons_days"))


@transaction.atomic
def call_summons(
    issue: Issue,
    *,
    now: datetime,
    by: User | None,
    unit: Unit,
    reason: str,
    due_at: datetime,
    clock_id: int | None = None,
    level: int | None = None,
) -> Summons:
    """Call one; a rung that has called one already gets that one."""
    called = call_summonses([Called(issue, unit, reason, due_at, by, clock_id, level)], now=now)
    return called[0] if called else Summons.objects.get(clock_id=clock_id, level=level)


@transaction.atomic
def call_summonses(items: Iterable[Called], *, now: datetime) -> list[Summons]:
    """Call many with a handful of queries; rungs that fired before are left out."""
    wanted = list(items)
    issues = locked(item.issue for item in wanted)
    rows = [
        Summons(
            issue=issues[item.issue.pk], unit=item.unit, reason=item.reason, due_at=item.due_at, called_by=item.by, called_at=now,
            clock_id=item.clock_id, level=item.level,
        )
        for item in not_fired(Summons, wanted)
    ]  # fmt: skip
    summonses = Summons.objects.bulk_create(rows)
    events = events_of("summons-call", summonses, now)
    notify_all(notices.of_summons("called", zip(events, summonses, strict=True)), now=now)
    return summonses


@transaction.atomic
def summon_unit(issue: Issue, *, by: User, now: datetime, reason: str, until: date, unit: Unit | None = None) -> Summons:
    """A leader or an inspector calls the head of the unit in."""
    issue = lock(issue)
    if not is_staff_side(issue, by):
        raise PermissionDenied
    BY_HAND.check("summon", issue, by, now)
    called = unit or issue.lead_unit
    assert called is not None  # the step is shut without a unit
    return call_summons(issue, now=now, by=by, unit=called, reason=reason, due_at=end_of(until))


@transaction.atomic
def record_summons(
    summons: Summons, *, by: User, now: datetime, held_on: date, attendants: str, said: str, measures: str
) -> Summons:
    """What came of the talk; after that nothing of it is changed."""
    issue = lock(summons.issue)
    summons = Summons.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=summons.pk)
    summons.issue = issue
    if not is_staff_side(issue, by):
        raise PermissionDenied
    SUMMONS_FLOW.take("record", summons, by, now)
    summons.held_on, summons.attendants, summons.said, summons.measures = held_on, attendants, said, measures
    summons.recorded_by, summons.recorded_at = by, now
    summons.save(update_fields=["stage", "held_on", "attendants", "said", "measures", "recorded_by", "recorded_at"])
    event = write_event("summons-record", issue, by, now, text=measures, internal=True, summons=summons.pk)
    notify_all(notices.of_summons("recorded", [(event, summons)]), now=now)
    return summons

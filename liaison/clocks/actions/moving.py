"""A new working calendar: which running clocks it would move, and moving them, thousands with a handful of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import connection

from liaison.accounts.models import User
from liaison.clocks.actions.planning import replan
from liaison.clocks.enums import Because
from liaison.clocks.kinds import Titled, kind_of, subject_codes, subjects_of
from liaison.clocks.models import Clock, ClockEvent, ClockQuerySet
from liaison.clocks.reckoning import due_of, stretches_of
from liaison.clocks.titles import titles_of
from liaison.workdays import portal
from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.dependants import EXAMPLES, Example, Preview
from liaison.workdays.models import CalendarVersion

BATCH: Final = 2000
MARGIN: Final = timedelta(days=2)
"Dates of the calendar's zone against moments: a little too many clocks are looked at rather than one too few."
LAST_RUNG: Final = timedelta(days=60)
"Rungs lie beyond the due moment; a change there moves them although the due moment stays."
SAVE: Final = """
UPDATE clocks_clock SET due_at = new.due_at, warn_at = new.warn_at, next_step_at = new.next_step_at, calendar_version = %s
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[]) AS new (id, due_at, warn_at, next_step_at)
WHERE clocks_clock.id = new.id
"""


class RunningClocks:
    """All running clocks, as the calendar's editor sees them (liaison.workdays.dependants.Dependant)."""

    def preview(self, calendar: WorkingCalendar, changed: Collection[date] | None, reader: User) -> Preview:
        """What would move, and what some of it is about as far as the reader may know; writes nothing."""
        earlier = later = 0
        some: list[tuple[Clock, datetime]] = []
        for clock in _touched(changed).prefetch_related("pauses").iterator(chunk_size=BATCH):
            new = _due(clock, calendar)
            earlier, later = earlier + (new < clock.due_at), later + (new > clock.due_at)
            if new != clock.due_at and len(some) < EXAMPLES:
                some.append((clock, new))
        titles = titles_of((clock for clock, _new in some), reader)
        examples = [_example(clock, new, titles.get(clock.pk)) for clock, new in some]
        return Preview(earlier + later, earlier, later, examples)

    def move(self, version: CalendarVersion, changed: Collection[date] | None, by: User | None, now: datetime) -> int:
        """Reckon anew, with an event "old → new, because" for each that moves; in the transaction that saves the version."""
        calendar = portal.calendar_of(version.pk)
        moved = 0
        for code, pks in _subjects_of(changed).items():
            for start in range(0, len(pks), BATCH):
                moved += _move(code, pks[start : start + BATCH], calendar, version, by, now)
        return moved


def _example(clock: Clock, new: datetime, titled: Titled | None) -> Example:
    label = str(kind_of(clock.kind).label)
    return Example(label, titled.title if titled else "", titled.url if titled else "", clock.due_at, new)


def _touched(changed: Collection[date] | None) -> ClockQuerySet:
    """Running clocks in whose time one of the changed dates lies."""
    rows = Clock.objects.running().order_by("subject_kind", "subject_id", "pk")
    if changed is None:
        return rows
    if not changed:
        return rows.none()
    first = datetime.combine(min(changed), time.min, UTC) - MARGIN
    last = datetime.combine(max(changed), time.max, UTC) + MARGIN
    return rows.filter(started_at__lte=last, due_at__gte=first - LAST_RUNG)


def _subjects_of(changed: Collection[date] | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for code, pk in _touched(changed).order_by("subject_kind", "subject_id").values_list("subject_kind", "subject_id").distinct():
        if code in subject_codes():
            found[code].append(pk)
    return found


def _move(
    code: str, pks: Sequence[int], calendar: WorkingCalendar, version: CalendarVersion, by: User | None, now: datetime
) -> int:
    """One batch: the subjects first, then their clocks, in the order in which every act locks them."""
    subjects_of(code).hold(pks)
    rows = Clock.objects.running().of(code, *pks).select_for_update(no_key=True, of=("self",)).order_by("pk")
    clocks = list(rows.prefetch_related("pauses"))
    events = list(_reckon(clocks, calendar, version, by, now))
    replan(clocks, calendar)
    _save(clocks, version)
    ClockEvent.objects.bulk_create(events, batch_size=BATCH)
    changed = {event.clock_id for event in events}
    subjects_of(code).moved([clock for clock in clocks if clock.pk in changed], now)
    return len(events)


def _reckon(
    clocks: Sequence[Clock], calendar: WorkingCalendar, version: CalendarVersion, by: User | None, now: datetime
) -> Iterator[ClockEvent]:
    for clock in clocks:
        old, clock.due_at, clock.calendar_version = clock.due_at, _due(clock, calendar), version.pk
        if clock.due_at != old:
            yield ClockEvent(
                clock=clock, at=now, because=Because.CALENDAR, by=by, old=old, new=clock.due_at,
                note=version.why, calendar_version=version.pk,
            )  # fmt: skip


def _due(clock: Clock, calendar: WorkingCalendar) -> datetime:
    return due_of(clock, stretches_of(clock.pauses.all()), calendar)


def _save(clocks: Sequence[Clock], version: CalendarVersion) -> None:
    if not clocks:
        return
    columns = zip(*((each.pk, each.due_at, each.warn_at, each.next_step_at) for each in clocks), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [version.pk, *(list(column) for column in columns)])

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock

import pytest
from django.db import transaction

from liaison.clocks import kinds
from liaison.clocks.actions.keeping import Matter, Wanted, keep
from liaison.clocks.models import Clock, Step
from liaison.workdays import ZONE
from liaison.workdays.limits import Limit, LimitUnit

MONDAY = datetime(2026, 9, 7, 9, 30, tzinfo=ZONE)
FIVE_DAYS = Limit(5, LimitUnit.WORKING_DAYS)
THING = "thing"


class Things:
    """Matters of a room that only these tests have; what the ladder does with them is remembered."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        "Locked by some act."
        self.spared: set[int] = set()
        self.bad: set[int] = set()
        self.fired: list[tuple[int, int, int]] = []
        self.unheard_of: list[tuple[int, int, int]] = []
        self._writing = Lock()

    def lock(self, pks):
        return {pk: pk for pk in pks if pk not in self.held}

    def holds(self, firing, subject):
        return subject not in self.spared

    def fire(self, firings, now):
        if self.bad & {subject for _firing, subject in firings}:
            raise ZeroDivisionError
        with self._writing:
            self.fired += [(subject, firing.clock.cycle, firing.step.level) for firing, subject in firings]
        return {firing.step.pk: 3 for firing, _subject in firings}

    def unheard(self, rungs, now):
        self.unheard_of += [(subject, each.firing.step.level, each.above.level) for each, subject in rungs]

    def moved(self, clocks, now):
        pass

    def titles(self, clocks, reader):
        return {}


@pytest.fixture
def things() -> Iterator[Things]:
    subjects = Things()
    kinds.register_subjects(THING, subjects)
    yield subjects
    kinds._subjects.pop(THING)


def wanted(start: datetime = MONDAY, limit: Limit = FIVE_DAYS, **values) -> Wanted:
    return Wanted("errand", start, limit=limit, **values)


@transaction.atomic
def start_clock(pk: int = 1, start: datetime = MONDAY, limit: Limit = FIVE_DAYS) -> Clock:
    [clock] = keep(Matter(THING, pk), [wanted(start, limit)], done=lambda _clock: True, now=start).values()
    return clock


@transaction.atomic
def end_clock_of(pk: int, now: datetime) -> None:
    keep(Matter(THING, pk), [], done=lambda _clock: True, now=now)


def states(clock: Clock, cycle: int | None = None) -> dict[int, str]:
    rows = Step.objects.filter(clock=clock, cycle=cycle or Clock.objects.get(pk=clock.pk).cycle)
    return dict(rows.values_list("level", "state"))


def reached_at(clock: Clock, level: int) -> datetime:
    return Step.objects.filter(clock=clock, level=level).latest("cycle").due_at


SECOND = timedelta(seconds=1)

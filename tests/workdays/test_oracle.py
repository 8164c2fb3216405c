"""Every due moment equals what an independent oracle finds, to the second (T03, T23, T27, T28, T30)."""

from datetime import datetime, timedelta
from random import Random

import pytest

from liaison.workdays.limits import due_at
from tests.workdays.cases import MINUTE, ZONES, Case, case
from tests.workdays.oracle import Oracle, seconds

CASES = 2_000
"For each zone."


@pytest.mark.parametrize("zone", ZONES)
def test_due_moments_are_those_of_the_oracle(zone):
    rng, faults = Random(f"{zone} 7"), []
    for nth in range(CASES):
        each = case(rng, zone)
        expected = Oracle(each.zone, each.week, each.exceptions).due(each.start, each.amount, each.unit, each.pauses)
        found = due_at(each.calendar, each.start, each.limit, each.pauses)
        if seconds(found) != expected:
            faults.append((nth, each, found))

    assert faults == []


def stepped(each: Case) -> datetime:
    """Working hours, minute by minute: what the wall shows at each minute says whether it counts."""
    calendar, left, at = each.calendar, each.amount * 60, each.start
    zone = calendar.zone
    while left:
        wall = at.astimezone(zone)
        second = wall.hour * 3600 + wall.minute * 60
        works = any(s.start <= second < s.end for s in calendar.segments_on(wall.date()))
        left -= works and not any(start <= at < end for start, end in each.pauses)
        at += MINUTE
    return at


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC"])
def test_working_hours_are_those_of_a_clock_that_is_watched(zone):
    rng = Random(11)
    for _ in range(40):
        each = case(rng, zone, days=6)
        each.unit, each.start = "wh", each.start.replace(second=0)
        each.pauses = [(start.replace(second=0), end.replace(second=0)) for start, end in each.pauses]

        unpaused = due_at(each.calendar, each.start, each.limit)
        if not any(start < unpaused and end > each.start for start, end in each.pauses):
            each.pauses = []
        assert due_at(each.calendar, each.start, each.limit, each.pauses) == stepped(each)


def test_whole_days_in_every_zone_are_watched_too():
    """T02, T28: round the clock, on days of 23 and 25 hours, working time is time."""
    rng = Random(13)
    for zone in ZONES:
        for _ in range(50):
            each = case(rng, zone)
            each.week, each.exceptions, each.unit, each.pauses = [[("00:00", "24:00")]] * 7, {}, "wh", []

            assert due_at(each.calendar, each.start, each.limit) - each.start == timedelta(hours=each.amount)

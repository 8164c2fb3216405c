"""A fixed end moved by pauses, and the moment by which a share of a limit has passed."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.workdays.calendar import micros
from liaison.workdays.limits import due_at, moved_by, share_at, union_of
from liaison.workdays.statutory import ZONE, statutory_calendar
from tests.workdays.cases import ZONES, case

SHANGHAI = statutory_calendar()
seeds = st.tuples(st.integers(0, 10**6), st.sampled_from(sorted(ZONES)))
TICK = timedelta(microseconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def paused_work(calendar, since, until, pauses) -> timedelta:
    """Working time inside the pauses after ``since``, up to a moment."""
    stretches = [(calendar.moment(a), min(calendar.moment(b), until)) for a, b in union_of(pauses, micros(since))]
    return sum((calendar.working_time_between(a, b) for a, b in stretches), timedelta())


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_a_fixed_end_is_moved_to_the_earliest_moment_that_makes_up(seed):
    each = case(Random(seed[0]), seed[1])
    calendar, end = each.calendar, each.start + timedelta(days=6)

    moved = moved_by(calendar, end, each.start, each.pauses).astimezone(UTC)  # a repeated hour compares in UTC alone

    def owed(until):
        return paused_work(calendar, each.start, until, each.pauses) - calendar.working_time_between(end, until)

    assert moved >= end
    assert owed(moved) == timedelta()
    assert moved == end or owed(moved - TICK) > timedelta()


@settings(max_examples=200, deadline=None)
@given(seeds, st.integers(-2000, 10_000), st.integers(0, 10_000))
def test_another_pause_never_moves_a_fixed_end_earlier(seed, begins, lasts):
    """T40."""
    each = case(Random(seed[0]), seed[1])
    start, end = each.start + timedelta(minutes=begins), each.start + timedelta(days=6)
    more = [*each.pauses, (start, start + timedelta(minutes=lasts))]

    assert moved_by(each.calendar, end, each.start, more) >= moved_by(each.calendar, end, each.start, each.pauses)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_an_end_in_working_time_moves_as_the_limit_itself_does(seed):
    each = case(Random(seed[0]), seed[1])
    unpaused = due_at(each.calendar, each.start, each.limit)
    if each.unit in {"wh", "wd"}:
        expected = due_at(each.calendar, each.start, each.limit, each.pauses)

        assert moved_by(each.calendar, unpaused, each.start, each.pauses) == expected


def test_only_pauses_after_the_grant_move_a_granted_end():
    """T24: an extension takes earlier pauses into account already."""
    pauses = [(at("2026-11-20T09:00"), at("2026-11-20T11:00")), (at("2026-11-23T09:00"), at("2026-11-23T10:00"))]

    assert moved_by(SHANGHAI, at("2026-11-24T17:30"), at("2026-11-20T12:00"), pauses) == at("2026-11-25T10:00")
    assert moved_by(SHANGHAI, at("2026-11-24T17:30"), at("2026-11-20T10:00"), pauses) == at("2026-11-25T11:00")
    assert moved_by(SHANGHAI, at("2026-11-24T17:30"), at("2026-11-23T10:00"), pauses) == at("2026-11-24T17:30")


@settings(max_examples=300, deadline=None)
@given(seeds, st.integers(1, 99))
def test_a_share_lies_strictly_inside_and_is_the_earliest(seed, percent):
    each = case(Random(seed[0]), seed[1])
    calendar, due = each.calendar, due_at(each.calendar, each.start, each.limit, each.pauses).astimezone(UTC)
    if due <= each.start:
        return

    def passed(until):
        return calendar.working_time_between(each.start, until) - paused_work(calendar, each.start, until, each.pauses)

    found, total = share_at(calendar, each.start, due, percent, each.pauses).astimezone(UTC), passed(due)

    assert each.start < found < due
    if total:
        assert passed(found) >= total * percent / 100 - TICK
        assert passed(found - TICK) < total * percent / 100


@settings(max_examples=200, deadline=None)
@given(seeds, st.integers(1, 98))
def test_a_greater_share_is_later(seed, percent):
    each = case(Random(seed[0]), seed[1])
    due = due_at(each.calendar, each.start, each.limit, each.pauses)
    shares = [share_at(each.calendar, each.start, due, part, each.pauses).astimezone(UTC) for part in (percent, percent + 1)]

    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("start", "due", "percent", "pauses", "found"),
    [
        ("2026-11-23T09:00", "2026-11-24T17:30", 50, [], "2026-11-23T17:30"),
        ("2026-11-23T09:00", "2026-11-24T17:30", 80, [], "2026-11-24T14:42"),
        ("2026-11-23T09:00", "2026-11-24T17:30", 50, [("2026-11-23T09:00", "2026-11-23T17:30")], "2026-11-24T14:00"),
        ("2026-11-21T00:00", "2026-11-22T00:00", 50, [], "2026-11-21T12:00"),
        ("2026-11-21T00:00", "2026-11-22T00:00", 50, [("2026-11-21T00:00", "2026-11-21T12:00")], "2026-11-21T18:00"),
        ("2026-11-23T09:00", "2026-11-23T11:00", 50, [("2026-11-23T08:00", "2026-11-23T12:00")], "2026-11-23T10:00"),
        ("2026-11-23T09:00", "2026-11-24T17:30", 0, [], "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00", 50, [], "2026-11-23T09:00"),
    ],
)
def test_a_share_of_working_time_else_of_the_clock(start, due, percent, pauses, found):
    """Over a weekend there is no working time to share: the clock's is taken; all paused, the pause's too."""
    stopped = [(at(a), at(b)) for a, b in pauses]

    assert share_at(SHANGHAI, at(start), at(due), percent, stopped) == at(found)

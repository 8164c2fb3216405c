"""What must hold for every calendar: more holidays and more pauses never help anybody to be earlier (T20, T27, T29, T40)."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.intervals import Interval, Span, elapsed, span_between
from liaison.workdays.limits import Limit, LimitUnit, due_at
from liaison.workdays.segments import segments_of
from liaison.workdays.statutory import OFFICE_HOURS, ZONE, statutory_calendar
from tests.workdays.cases import ZONES, case

SHANGHAI = statutory_calendar()
seeds = st.tuples(st.integers(0, 10**6), st.sampled_from(sorted(ZONES)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@settings(max_examples=300, deadline=None)
@given(seeds, st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_more_holidays_are_never_earlier(seed, closed):
    """T40."""
    each = case(Random(seed[0]), seed[1])
    more = each.calendar.without(*(each.start.date() + timedelta(days=n) for n in closed))

    assert due_at(more, each.start, each.limit) >= due_at(each.calendar, each.start, each.limit)


@settings(max_examples=300, deadline=None)
@given(seeds, st.integers(-2000, 30_000), st.integers(0, 10_000))
def test_another_pause_is_never_earlier(seed, begins, lasts):
    each = case(Random(seed[0]), seed[1])
    start = each.start + timedelta(minutes=begins)
    before = due_at(each.calendar, each.start, each.limit, each.pauses)
    after = due_at(each.calendar, each.start, each.limit, [*each.pauses, (start, start + timedelta(minutes=lasts))])

    assert after == before if each.unit == "cd" else after >= before


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_pauses_in_any_order_and_joined_are_the_same(seed):
    each = case(Random(seed[0]), seed[1])
    twice = [*reversed(each.pauses), *each.pauses]

    assert due_at(each.calendar, each.start, each.limit, twice) == due_at(each.calendar, each.start, each.limit, each.pauses)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_working_hours_end_when_so_much_has_passed(seed):
    each = case(Random(seed[0]), seed[1])
    limit = Limit(each.amount, LimitUnit.WORKING_HOURS)

    due = due_at(each.calendar, each.start, limit)

    assert each.calendar.working_time_between(each.start, due) == timedelta(hours=each.amount)
    assert each.calendar.working_time_between(each.start, due.astimezone(UTC) - timedelta(seconds=1)) < timedelta(
        hours=each.amount
    )


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "UTC"])
def test_a_holiday_is_a_date_of_the_wall_not_an_instant(zone):
    """T03: east and west of Greenwich the same dates are closed."""
    wall = ZoneInfo(zone)
    calendar = WorkingCalendar(wall, SHANGHAI.week, SHANGHAI.exceptions)
    due = due_at(calendar, datetime(2026, 9, 30, 16, tzinfo=wall), Limit(1, LimitUnit.WORKING_DAYS))

    assert due == datetime(2026, 10, 8, 17, 30, tzinfo=wall)


@pytest.mark.parametrize("worked", list(product([False, True], repeat=7)))
def test_any_set_of_weekdays_works(worked):
    """T29: all 2^7."""
    week = tuple(OFFICE_HOURS if works else () for works in worked)
    calendar = WorkingCalendar(ZONE, week)
    if not any(worked):
        with pytest.raises(ValueError, match="no working time"):
            due_at(calendar, at("2026-03-02T10:00"), Limit(1, LimitUnit.WORKING_DAYS))
        return
    due = due_at(calendar, at("2026-03-02T10:00"), Limit(sum(worked), LimitUnit.WORKING_DAYS))

    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(1, 8)]
    assert due.date() == max(day for day in days if worked[day.weekday()])


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-09-30T16:00", 8, "wh", "2026-10-08T17:00"),
        ("2026-09-30T16:00", 3, "wd", "2026-10-10T17:30"),
        ("2026-09-30T16:00", 3, "cd", "2026-10-08T17:30"),
        ("2026-10-10T22:00", 4, "wh", "2026-10-12T14:30"),
        ("2026-10-10T08:00", 4, "wh", "2026-10-10T14:30"),
        ("2026-10-03T12:00", 1, "wh", "2026-10-08T10:00"),
        ("2026-12-31T16:30", 1, "wh", "2026-12-31T17:30"),
        ("2026-11-20T17:00", 1, "wh", "2026-11-23T09:30"),
        ("2026-11-23T11:30", 1, "wh", "2026-11-23T14:00"),
        ("2025-12-31T16:30", 2, "wh", "2026-01-04T10:00"),
        ("2026-11-23T10:00", 30, "cd", "2026-12-23T17:30"),
    ],
)
def test_a_matter_may_begin_at_any_time(start, amount, unit, due):
    """T27: at night, on a holiday, on a make-up Saturday; T20 over the night; T28 over the New Year; T30 over noon."""
    assert due_at(SHANGHAI, at(start), Limit(amount, LimitUnit(unit))) == at(due)


@pytest.mark.parametrize(
    ("amount", "unit", "due"), [(8, "wh", "2026-11-23T17:30"), (1, "wd", "2026-11-24T09:30"), (7, "cd", "2026-11-27T17:30")]
)
def test_a_weekend_is_not_credited(amount, unit, due):
    """T23: paused from Friday 17:00 to Monday 09:00 is half an hour of work, in hours and in days; T26: dates stay."""
    pause = [(at("2026-11-20T17:00"), at("2026-11-23T09:00"))]
    start = at("2026-11-20T16:00") if unit != "cd" else at("2026-11-20T08:00")

    assert due_at(SHANGHAI, start, Limit(amount, LimitUnit(unit)), pause) == at(due)


def test_pauses_between_the_end_and_the_new_end_count_too():
    """ "Up to t": a pause after E, before what was paused earlier is made up for, moves the end again."""
    pauses = [(at("2026-11-23T10:00"), at("2026-11-23T11:00")), (at("2026-11-24T09:30"), at("2026-11-24T10:30"))]

    assert due_at(SHANGHAI, at("2026-11-20T10:00"), Limit(1, LimitUnit.WORKING_DAYS), pauses) == at("2026-11-24T11:00")


def test_a_pause_after_the_end_moves_nothing():
    pauses = [(at("2026-11-23T17:30"), at("2026-12-23T09:00"))]

    assert due_at(SHANGHAI, at("2026-11-20T10:00"), Limit(1, LimitUnit.WORKING_DAYS), pauses) == at("2026-11-23T17:30")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("America/Sao_Paulo", "2018-11-04", 23),
        ("Africa/Casablanca", "2026-03-22", 23),
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(zone, day, hours):
    """T28."""
    calendar = WorkingCalendar(ZoneInfo(zone), (segments_of([("00:00", "24:00")]),) * 7)
    begins = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    worked = sum(b - a for a, b in calendar.stretches_on(date.fromisoformat(day))) / 3.6e9

    assert worked == hours
    assert calendar.working_time_between(begins, begins + timedelta(days=3)) == timedelta(days=3)


def test_ten_years_of_pauses_and_ten_thousand_days_are_reckoned():
    start = at("2026-01-05T10:00")
    pauses = [(start + timedelta(days=n, hours=1), start + timedelta(days=n, hours=2)) for n in range(3650)]

    assert due_at(SHANGHAI, start, Limit(10_000, LimitUnit.WORKING_DAYS), pauses).year > 2060
    assert due_at(SHANGHAI, start, Limit(1, LimitUnit.WORKING_HOURS), [(start, start + timedelta(days=3650))]).year == 2036


def test_time_used_is_summed_from_the_list_and_nothing_counts_twice():
    """T22, T25: intervals that overlap, and one that still runs."""
    running = [
        Interval(at("2026-11-23T09:00"), at("2026-11-23T11:00")),
        Interval(at("2026-11-23T10:00"), at("2026-11-23T12:00")),
        Interval(at("2026-11-24T16:30")),
    ]

    assert elapsed(SHANGHAI, running, at("2026-11-25T09:30")) == timedelta(hours=4, minutes=30)
    assert elapsed(SHANGHAI, running, at("2026-11-23T10:30")) == timedelta(hours=1, minutes=30)


@pytest.mark.parametrize(
    ("now", "span"),
    [
        ("2026-11-23T14:30", Span(2, timedelta(hours=3))),
        ("2026-11-23T08:00", Span(3, timedelta())),
        ("2026-11-25T17:00", Span(0, timedelta(minutes=30))),
        ("2026-11-26T09:00", Span(0, timedelta())),
    ],
)
def test_time_left_is_whole_days_and_the_rest(now, span):
    assert span_between(SHANGHAI, at(now), at("2026-11-25T17:30")) == span

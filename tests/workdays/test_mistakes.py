"""What cannot be reckoned with is refused with a sentence, in both languages."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.errors import SENTENCES, CalendarError
from liaison.workdays.limits import Limit, LimitUnit, due_at
from liaison.workdays.segments import segments_of
from liaison.workdays.statutory import ZONE, statutory_calendar
from liaison.workdays.words import mistake

START = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("22:00", "06:00")], "over_midnight"),
        ([("12:00", "09:00")], "over_midnight"),
        ([("09:00", "09:00")], "empty"),
        ([("09:00", "12:00"), ("11:00", "13:00")], "overlap"),
        ([("09:00", "25:00")], "bad_clock"),
        ([("09:00", "24:01")], "bad_clock"),
        ([(9, 12)], "bad_clock"),
        ([("٠٩:00", "12:00")], "bad_clock"),
        (["09:00"], "bad_pair"),
        ([("09:00",)], "bad_pair"),
    ],
)
def test_segments_are_refused(pairs, code):
    with pytest.raises(CalendarError) as caught:
        segments_of(pairs)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("amount", "unit", "code"),
    [
        (0, "wd", "not_positive"),
        (-1, "wh", "not_positive"),
        (True, "wd", "not_whole"),
        (Decimal("1.5"), "wd", "not_whole"),
        (Decimal("NaN"), "wh", "not_whole"),
        (Decimal("Infinity"), "wh", "too_long"),
        (Decimal("1e999999"), "wh", "too_long"),
        (Decimal("0.0001"), "wh", "not_whole"),
        ("3", "wd", "not_whole"),
        (None, "wd", "not_whole"),
        (10**9, "cd", "too_long"),
        (3, "days", "unit"),
    ],
)
def test_limits_are_refused(amount, unit, code):
    with pytest.raises(CalendarError) as caught:
        Limit.read(amount, unit)

    assert caught.value.code == code


def test_half_an_hour_is_a_limit():
    limit = Limit.read(Decimal("0.5"), "wh")

    assert due_at(statutory_calendar(), datetime(2026, 1, 5, 9, tzinfo=ZONE), limit) == datetime(2026, 1, 5, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize("unit", [unit for unit in LimitUnit if unit != LimitUnit.HOURS])
def test_a_calendar_without_working_time_is_told_not_searched(unit):
    empty = WorkingCalendar(ZONE, ((),) * 7, {date(2026, 1, 7): segments_of([("09:00", "10:00")]), date(2050, 1, 1): ()})

    with pytest.raises(CalendarError, match="no working time") as caught:
        due_at(empty, START, Limit(3, unit))

    assert caught.value.code == "no_work"


def test_the_end_of_time_is_told():
    with pytest.raises(CalendarError, match="9999"):
        due_at(statutory_calendar(), datetime(9999, 12, 30, tzinfo=UTC), Limit(30, LimitUnit.CALENDAR_DAYS))


def test_a_moment_without_zone_and_a_reversed_pause_are_refused():
    with pytest.raises(CalendarError, match="zone"):
        due_at(statutory_calendar(), datetime(2026, 1, 1), Limit(3, LimitUnit.WORKING_DAYS))
    with pytest.raises(CalendarError, match="ends before it begins"):
        due_at(statutory_calendar(), START, Limit(3, LimitUnit.WORKING_DAYS), [(START, datetime(2026, 1, 4, tzinfo=UTC))])


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_said_in_chinese(code):
    error = CalendarError(code, **dict.fromkeys(re.findall(r"%\((\w+)\)", SENTENCES[code]), 7))

    with override("zh-hans"):
        assert mistake(error) != str(error)

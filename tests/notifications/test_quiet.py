"""Quiet hours are the calendar's: what it opens is office time, what it closes is quiet."""

from datetime import date, datetime

import pytest

from liaison.notifications.quiet import morning_after, opening
from liaison.workdays import portal
from liaison.workdays.statutory import ZONE
from tests.workdays.test_versions import saved

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-11-23T08:59", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T12:30", "2026-11-23T12:30"),
        ("2026-11-23T17:29", "2026-11-23T17:29"),
        ("2026-11-23T17:30", "2026-11-24T09:00"),
        ("2026-11-21T12:00", "2026-11-23T09:00"),
        ("2026-09-30T20:00", "2026-10-08T09:00"),
        ("2026-10-10T10:00", "2026-10-10T10:00"),
    ],
)
def test_a_message_goes_in_office_time(settings, moment, goes):
    settings.QUIET_HOURS = True

    assert opening(at(moment)) == at(goes)


def test_other_hours_of_a_new_version_hold(settings):
    settings.QUIET_HOURS = True
    saved(2, date(2026, 11, 24), week=[[["08:00", "11:00"]]] * 6 + [[]])
    portal.forget()

    assert opening(at("2026-11-23T08:30")) == at("2026-11-23T08:30")
    assert opening(at("2026-11-23T11:00")) == at("2026-11-25T08:00")


def test_the_next_morning_is_never_this_one():
    assert morning_after(at("2026-11-23T09:00")) == at("2026-11-24T09:00")
    assert morning_after(at("2026-11-23T08:00")) == at("2026-11-23T09:00")

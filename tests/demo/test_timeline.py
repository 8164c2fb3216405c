"""Office time of the simulated year."""

from datetime import datetime

import pytest

from liaison.demo.timeline import after, later, office_moment
from liaison.workdays import ZONE


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("given", "office"),
    [
        ("03-14T10:00", "03-14T10:00"),
        ("03-14T12:30", "03-14T13:30"),
        ("03-14T07:00", "03-14T09:00"),
        ("03-18T17:30", "03-21T09:00"),  # Friday evening
        ("04-01T18:00", "04-02T09:00"),  # a make-up Saturday
        ("04-02T18:00", "04-06T09:00"),  # Qingming
    ],
)
def test_the_next_moment_in_office_hours(given, office):
    assert office_moment(moment(given)) == moment(office)


def test_minutes_run_over_the_noon_break_and_the_night():
    assert later(moment("03-14T11:00"), 120) == moment("03-14T14:30")
    assert later(moment("03-14T17:00"), 60) == moment("03-15T09:30")


def test_the_same_salt_gives_the_same_moment():
    assert after(moment("03-14T09:00"), "2h", "a:1") == after(moment("03-14T09:00"), "2h", "a:1")
    assert after(moment("03-14T09:00"), "2h", "a:1") >= moment("03-14T11:01")


def test_days_are_working_days():
    assert after(moment("09-30T10:00"), "1d", "x").date() == moment("10-08T00:00").date()

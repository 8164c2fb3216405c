"""A new working calendar moves what runs, and every moved clock can say why (T41)."""

from datetime import date, datetime, timedelta

import pytest

from issues.enums import Timed
from issues.models import SUBJECT, Issue
from liaison.accounts.models import User
from liaison.clocks.actions.moving import RunningClocks
from liaison.clocks.enums import Because
from liaison.clocks.models import Clock, ClockEvent
from liaison.workdays import ZONE, portal
from liaison.workdays.models import CalendarVersion
from tests.factories.issues import MONDAY, District, make_district, step, submitted, walk

TYPHOON = date(2026, 9, 10)


@pytest.fixture
def district(db) -> District:
    return make_district()


def version_without(*days: date) -> CalendarVersion:
    """The next version of the calendar: some more days are closed."""
    newest = CalendarVersion.objects.in_force()
    saved = CalendarVersion.objects.create(
        number=newest.number + 1, saved_at=MONDAY, saved_by=User.objects.get(username="desk1"), why="台风停工", week=newest.week,
        published=newest.published,
    )  # fmt: skip
    for row in newest.days.all():
        row.pk, row.version = None, saved
        row.save(force_insert=True)
    for day in days:
        saved.days.update_or_create(day=day, defaults={"segments": [], "name_zh": "台风", "name_en": "typhoon"})
    portal.forget()
    return saved


def answer(issue: Issue) -> Clock:
    return Clock.objects.of(SUBJECT, issue.pk).get(kind=Timed.ANSWER)


def test_a_preview_counts_and_changes_nothing(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    calendar = portal.calendar().without(TYPHOON)

    found = RunningClocks().preview(calendar, [TYPHOON], district["desk1"])

    assert (found.moved, found.earlier, found.later) == (1, 0, 1)
    assert (found.examples[0].title, found.examples[0].url) == (f"{issue.number} {issue.title}", issue.get_absolute_url())
    assert answer(issue).due_at == datetime(2026, 9, 16, 17, 30, tzinfo=ZONE)


def test_a_preview_says_no_more_of_a_matter_than_its_reader_may_know(district):
    walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")

    (example,) = RunningClocks().preview(portal.calendar().without(TYPHOON), [TYPHOON], district["firm2"]).examples

    assert (str(example.label), example.title, example.url) == ("答复", "", "")


def test_a_closed_day_moves_the_date_its_copies_and_its_rungs(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    version = version_without(TYPHOON)

    assert RunningClocks().move(version, [TYPHOON], district["desk1"], MONDAY) == 1

    clock = answer(issue)
    issue.refresh_from_db()
    moved = datetime(2026, 9, 17, 17, 30, tzinfo=ZONE)
    assert (clock.due_at, issue.due_at, issue.orders.get().due_at) == (moved, moved, moved)
    assert clock.steps.get(level=3).due_at == moved
    assert clock.steps.get(level=4).due_at == moved + timedelta(days=1)
    assert clock.calendar_version == version.pk


def test_each_moved_clock_says_old_new_and_because(district):
    walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")

    RunningClocks().move(version_without(TYPHOON), [TYPHOON], district["desk1"], MONDAY)

    event = ClockEvent.objects.get()
    told = (event.because, event.old.date(), event.new.date(), event.note, event.by.username)
    assert told == (Because.CALENDAR, date(2026, 9, 16), date(2026, 9, 17), "台风停工", "desk1")


def test_moving_twice_is_moving_once(district):
    """k runs leave what one run leaves."""
    walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    version = version_without(TYPHOON)
    RunningClocks().move(version, [TYPHOON], district["desk1"], MONDAY)

    assert RunningClocks().move(version, [TYPHOON], district["desk1"], MONDAY) == 0
    assert ClockEvent.objects.count() == 1


def test_a_day_after_the_due_moment_moves_only_the_rungs_behind_it(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")

    assert RunningClocks().move(version_without(date(2026, 9, 18)), [date(2026, 9, 18)], None, MONDAY) == 0

    clock = answer(issue)
    assert clock.due_at.date() == date(2026, 9, 16)
    assert clock.steps.get(level=5).due_at == datetime(2026, 9, 23, 17, 30, tzinfo=ZONE)


def test_what_ended_keeps_its_date(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact", "answer", "sign-off")
    before = answer(issue).due_at

    RunningClocks().move(version_without(TYPHOON), None, district["desk1"], MONDAY)

    assert answer(issue).due_at == before


def test_a_granted_day_that_closes_goes_on_to_the_next(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept", "contact")
    granted = date(2026, 9, 21)
    issue = step(district, issue, "ask-extension", "tax.handler", reason="待批复", until=granted, note="需要几天")
    issue = step(district, issue, "decide-extension", "desk1", result="approve")

    RunningClocks().move(version_without(granted), [granted], district["desk1"], MONDAY)

    assert answer(issue).due_at == datetime(2026, 9, 22, 17, 30, tzinfo=ZONE)

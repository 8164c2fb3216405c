"""Versions of the calendar: the first one, what the database refuses, and how the portal knows the newest."""

import json
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from liaison.workdays import end_of, is_provisional, is_workday, portal
from liaison.workdays.drafts import Source, statutory_draft
from liaison.workdays.models import CalendarDay, CalendarVersion
from liaison.workdays.segments import segments_of
from liaison.workdays.statutory import ZONE, notices, statutory_calendar
from tests.people import person

pytestmark = pytest.mark.django_db
TYPHOON = date(2026, 9, 16)


def saved(number: int = 2, *closed: date, **fields) -> CalendarVersion:
    """A version like the one in force, with some more days closed; the way around the editor."""
    old = CalendarVersion.objects.in_force()
    values = {"week": old.week, "published": old.published, "saved_at": datetime.now(UTC), "saved_by": person(), "why": "台风"}
    version = CalendarVersion.objects.create(number=number, **(values | fields))
    rows = [CalendarDay(version=version, day=each.day, segments=each.segments) for each in old.days.exclude(day__in=closed)]
    CalendarDay.objects.bulk_create([*rows, *(CalendarDay(version=version, day=day) for day in closed)])
    return version


def test_the_first_version_says_what_the_notices_say():
    version = CalendarVersion.objects.get()

    assert (version.number, version.saved_by, version.days.count()) == (1, None, len(notices()))
    assert version.draft() == statutory_draft()
    assert set(version.days.values_list("source", flat=True)) == {Source.PUBLISHED}


def test_every_day_is_as_the_library_says():
    """T01: holidays and make-up days of all published years."""
    mine, theirs = portal.calendar(), statutory_calendar()
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(4 * 365 + 1)]

    assert [mine.segments_on(day) for day in days] == [theirs.segments_on(day) for day in days]
    assert (mine.names, mine.published, mine.zone) == (theirs.names, theirs.published, theirs.zone)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": 0}, "calendar_versions_count_from_one"),
        ({"number": 1}, "number"),
        ({"why": ""}, "calendar_version_says_why"),
        ({"week": [[]] * 6}, "calendar_week_has_seven_days"),
        ({"week": [[]] * 7}, "calendar_week_has_working_time"),
        ({"saved_by": None}, "calendar_version_is_somebodys"),
    ],
)
def test_the_database_refuses_a_version(fields, name):
    with pytest.raises(IntegrityError, match=name):
        saved(**({"number": 2} | fields))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"day": date(2026, 10, 1)}, "calendar_day_once_in_a_version"),
        ({"day": date(1999, 12, 31)}, "calendar_day_in_a_known_year"),
        ({"day": date(2101, 1, 1)}, "calendar_day_in_a_known_year"),
        ({"day": TYPHOON, "source": "heard"}, "calendar_day_source"),
    ],
)
def test_the_database_refuses_a_day(fields, name):
    with pytest.raises(IntegrityError, match=name):
        CalendarVersion.objects.get().days.create(**fields)


@pytest.mark.parametrize("model", [CalendarVersion, CalendarDay])
@pytest.mark.parametrize("act", [lambda rows: rows.update(id=0), lambda rows: rows._raw_delete("default")])
def test_versions_are_never_changed_nor_deleted(model, act):
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="never changed"):
        act(model.objects.filter(pk=model.objects.first().pk))


def test_the_newest_version_is_in_force():
    assert is_workday(TYPHOON)
    version = saved(2, TYPHOON)
    portal.forget()

    assert (portal.version(), is_workday(TYPHOON)) == (version.pk, False)
    assert end_of(TYPHOON) == datetime(2026, 9, 16, 17, 30, tzinfo=ZONE)
    assert portal.calendar_of(CalendarVersion.objects.get(number=1).pk).is_workday(TYPHOON)


def test_what_was_undone_is_not_in_force():
    before = portal.calendar()
    with transaction.atomic():
        saved(2, TYPHOON)
        portal.forget()
        assert not is_workday(TYPHOON)
        transaction.set_rollback(True)
    portal.forget()
    with transaction.atomic():
        other = saved(2, date(2026, 9, 17))
    portal.forget()

    assert portal.calendar() is not before
    assert (is_workday(TYPHOON), is_workday(date(2026, 9, 17)), portal.version()) == (True, False, other.pk)


def test_a_request_asks_once_whatever_it_asks():
    portal.calendar()
    portal.begin_request()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answers = {is_workday(TYPHOON + timedelta(days=n)) for n in range(100)} | {is_provisional(TYPHOON)}
    portal.end_request()

    assert (answers, len(asked)) == ({True, False}, 1)


def test_one_request_has_one_calendar_and_the_next_has_the_newest():
    portal.begin_request()
    before = portal.version()
    version = saved(2, TYPHOON)
    assert portal.version() == before
    portal.end_request()
    portal.begin_request()

    assert portal.version() == version.pk
    portal.end_request()


def test_each_request_of_a_visitor_asks_anew(client):
    portal.version()
    saved(2, TYPHOON)

    assert client.get("/deadlines/?start=2026-09-15T10:00&amount=1&unit=wd").context["due"].date() == date(2026, 9, 17)


def test_a_worker_asks_again_in_a_moment(monkeypatch):
    """Without requests or tasks that begin: a command that runs on and on."""
    now = [100.0]
    monkeypatch.setattr(portal, "monotonic", lambda: now[0])
    before = portal.version()
    version = saved(2, TYPHOON)
    found = []
    for now[0] in (100.9, 101.0):
        found.append(portal.version())

    assert found == [before, version.pk]


@pytest.mark.django_db(transaction=True)
def test_another_process_of_work_sees_the_new_version_at_its_next_task():
    assert portal.version() == CalendarVersion.objects.get().pk
    version, found = saved(2, TYPHOON), []

    def task():
        found.append(portal.version())
        connection.close()

    thread = Thread(target=task)
    thread.start()
    thread.join()
    assert found == [version.pk]


@pytest.mark.django_db(transaction=True)
def test_there_is_a_first_version_where_tables_were_emptied():
    assert CalendarVersion.objects.get().number == 1


def test_half_days_and_other_weeks_are_kept_as_they_were_saved():
    """T41: what was reckoned with an old version can be reckoned again."""
    week = [[["08:30", "12:00"]], *[[]] * 5, [["20:00", "24:00"]]]
    version = saved(2, week=week, zone="UTC")

    calendar = portal.calendar_of(version.pk)
    assert calendar.segments_on(date(2026, 9, 14)) == segments_of([("08:30", "12:00")])
    assert calendar.segments_on(date(2026, 9, 13)) == segments_of([("20:00", "24:00")])
    assert (str(calendar.zone), json.loads(json.dumps(version.week))) == ("UTC", week)

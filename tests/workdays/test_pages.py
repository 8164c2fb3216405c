"""The year at a glance, the deadline calculator, and the reminder of a missing year."""

import re
from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday as library_says
from django.test import Client

from liaison.accounts.models import Duty
from liaison.workdays import pages
from liaison.workdays.sheet import Kind, year_sheet
from liaison.workdays.statutory import statutory_calendar
from tests.markup import faults_of
from tests.people import official, person, unit

pytestmark = pytest.mark.django_db
ASKED = "/deadlines/?start=2026-09-30T16:00&amount=3&unit=wd"


@pytest.fixture(params=["zh-hans", "en"])
def visitor(request) -> Client:
    client = Client()
    client.cookies["django_language"] = request.param
    return client


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_months_have_as_many_working_days_as_the_library_says(year):
    """T01."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(days=n)).year == year]
    expected = [sum(library_says(day) for day in days if day.month == month) for month in range(1, 13)]

    assert [month.working for month in year_sheet(statutory_calendar(), year)] == expected


def test_october_2026_can_be_read_at_a_glance():
    """The holiday from 1 to 7, the make-up Saturday on the 10th, 18 working days."""
    october = year_sheet(statutory_calendar(), 2026)[9]
    kinds = {cell.day.day: cell.kind for week in october.weeks for cell in week if cell}

    assert october.working == 18
    assert [(run.first.day.day, run.last.day.day, run.first.kind) for run in october.special] == [
        (1, 7, Kind.HOLIDAY),
        (10, 10, Kind.MADE_UP),
    ]
    assert (kinds[8], kinds[11], len(kinds)) == (Kind.WORKING, Kind.REST, 31)
    assert [cell and cell.day.day for cell in october.weeks[0]] == [None, None, None, 1, 2, 3, 4]


def test_everybody_reads_the_year(visitor):
    answer = visitor.get("/workdays/2026/")

    assert (answer.status_code, faults_of(answer.text)) == (200, [])
    assert answer.text.count("<caption>") == 12
    assert len(re.findall(r'<td class="day day-', answer.text)) == 365
    assert "months-provisional" not in answer.text
    assert "/workdays/edit/" not in answer.text
    assert re.search(
        r"<li><span class=\"figures\">(10月1日至7日|1–7 Oct)</span> (放假：国庆节|holiday, closed: National Day)</li>",
        answer.text,
    )


def test_this_year_is_shown_first(visitor, time_machine):
    time_machine.move_to("2026-12-31T16:30:00Z")

    assert "2027" in visitor.get("/workdays/").text


def test_a_year_that_is_not_published_is_provisional(visitor):
    answer = visitor.get("/workdays/2031/")

    assert answer.status_code == 200
    assert "months-provisional" in answer.text
    assert re.search("2031 年为暂定|2031 is provisional", answer.text)


@pytest.mark.parametrize("year", [0, 1, 1999, 2101, 9999, 20261, 10**30])
def test_a_year_that_nobody_can_mean_is_told(visitor, year):
    answer = visitor.get(f"/workdays/{year}/")

    assert (answer.status_code, faults_of(answer.text)) == (404, [])
    assert "2100" in answer.text
    assert "20,261" not in answer.text


def test_the_calculator_says_when_and_why(visitor):
    """T30, T42: no sign-in, all in the address."""
    answer = visitor.get(ASKED)

    assert (answer.status_code, faults_of(answer.text)) == (200, [])
    assert '<time datetime="2026-10-10T17:30:00+08:00">' in answer.text
    assert len(re.findall(r"<li>[^<]*(?:国庆节|National Day)[^<]*</li>", answer.text)) == 8
    assert 'value="2026-09-30T16:00"' in answer.text
    assert visitor.get("/deadlines/").status_code == 200


@pytest.mark.parametrize(
    ("unit", "due"),
    [("wh", "2026-09-30T17:00"), ("wd", "2026-10-08T17:30"), ("cd", "2026-10-08T17:30"), ("h", "2026-09-30T17:00")],
)
def test_the_calculator_knows_every_unit(visitor, unit, due):
    assert f'<time datetime="{due}:00+08:00">' in visitor.get(f"/deadlines/?start=2026-09-30T16:00&amount=1&unit={unit}").text


def test_the_calculator_takes_pauses_and_offers_another_row(visitor):
    pauses = "&from_1=2026-10-08T09:00&until_1=2026-10-08T12:00&from_2=2026-10-09T09:00&until_2=2026-10-09T10:00"
    answer = visitor.get(ASKED + pauses)

    assert '<time datetime="2026-10-12T14:30:00+08:00">' in answer.text
    assert 'name="from_3"' in answer.text
    assert 'name="from_4"' not in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("start=&amount=3&unit=wd", "start"),
        ("start=yesterday&amount=3&unit=wd", "start"),
        ("start=1850-01-01T10:00&amount=3&unit=wd", "2000"),
        ("start=9999-12-31T10:00&amount=3&unit=wd", "2000"),
        ("start=2026-09-30T16:00&amount=0&unit=wd", "amount"),
        ("start=2026-09-30T16:00&amount=-1&unit=wd", "amount"),
        ("start=2026-09-30T16:00&amount=1.5&unit=wd", "amount"),
        ("start=2026-09-30T16:00&amount=1001&unit=cd", "1000"),
        ("start=2026-09-30T16:00&amount=NaN&unit=cd", "amount"),
        ("start=2026-09-30T16:00&amount=1e9&unit=h", "amount"),
        ("start=2026-09-30T16:00&amount=3&unit=weeks", "unit"),
        ("start=2026-09-30T16:00&amount=3", "unit"),
        ("start=2026-09-30T16:00&amount=3&unit=wd&from_1=2026-10-02T09:00&until_1=2026-10-01T09:00", "until_1"),
        ("start=2026-09-30T16:00&amount=3&unit=wd&from_1=2026-10-02T09:00", "until_1"),
        ("start=2026-09-30T16:00&amount=3&unit=wd&until_2=2026-10-02T09:00", "from_2"),
        ("start=2026-09-30T16:00&amount=3&unit=wd&from_1=2026-10-02T09:00&until_1=2036-10-02T09:00", "until_1"),
        ("start=2026-09-30T16:00&amount=3&unit=wd&from_1=x%00", "from_1"),
    ],
)
def test_a_bad_question_is_answered_beside_the_field(visitor, question, words):
    answer = visitor.get(f"/deadlines/?{question}")

    assert (answer.status_code, faults_of(answer.text)) == (400, [])
    assert words in answer.text
    assert "field-error" in answer.text
    assert "deadline-due" not in answer.text


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2026, 11, 1), None), (date(2026, 11, 2), 2027), (date(2026, 12, 31), 2027), (date(2025, 12, 31), None)],
)
def test_a_missing_year_is_noticed_sixty_days_before(today, missing):
    assert pages.missing_year(today) == missing


def test_who_keeps_the_calendar_is_reminded(time_machine):
    time_machine.move_to("2026-12-01T02:00:00Z")

    assert [card.entries[0].url for card in pages.cards(official(Duty.SYSTEM_ADMIN, unit()))] == ["/workdays/edit/year/"]
    assert pages.cards(person()) == []

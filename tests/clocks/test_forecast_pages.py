"""Forecast and replay: what will be reached, what should have been; who reads which of it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.models import Concern
from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock, Step
from liaison.clocks.views.forecast import _by_rung
from liaison.workdays import ZONE
from tests.clocks.test_limits_pages import field_errors
from tests.factories.issues import make_district, submitted, walk
from tests.issues.views.driver import Driver
from tests.markup import faults_of

FORECAST, REPLAY = "/clocks/forecast/", "/clocks/replay/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def running(district):
    """An answer that became due yesterday, nothing of its ladder climbed."""
    began = timezone.now() - timedelta(days=40)
    issue = walk(district, submitted(district, began), "admit", "dispatch-alone", "accept", "contact", now=began)
    Step.objects.exclude(clock__kind="answer").delete()
    return issue


def get(district, by, address):
    return Driver(district, None).client(by).get(address)


def test_the_forecast_says_when_whose_which_rung_and_who_is_told(district, running):
    answer = get(district, "inspect1", FORECAST)

    assert answer.status_code == 200
    assert faults_of(answer.text) == []
    rows = answer.context["rows"]
    assert [(row["level"], row["light"], str(row["whose"])) for row in rows][-2:] == [
        (5, "red", "区税务局"),
        (6, "red", "区税务局"),
    ]
    assert rows[-1]["told"].endswith("主要领导")
    assert running.number in rows[0]["title"]
    assert Step.objects.filter(state="fired").count() == 0


def test_the_forecast_says_whose_a_clock_without_a_unit_is(district):
    walk(district, submitted(district, timezone.now()), now=timezone.now())

    assert {str(row["whose"]) for row in get(district, "inspect1", f"{FORECAST}?kind=admit").context["rows"]} == {"专班"}


def test_the_forecast_counts_upwards_the_mildest_light_first(district):
    counts = Counter({(2, "red"): 1, (2, "yellow"): 3, (1, "red"): 1, (1, "blue"): 2})

    assert _by_rung(counts) == [(1, "blue", 2), (1, "red", 1), (2, "yellow", 3), (2, "red", 1)]


@pytest.mark.parametrize(("query", "levels"), [("?level=6", {6}), ("?unit=env", set()), ("?kind=answer&level=2&unit=tax", {2})])
def test_the_forecast_is_narrowed_by_its_address(district, running, query, levels):
    assert {row["level"] for row in get(district, "desk1", FORECAST + query).context["rows"]} == levels


@pytest.mark.parametrize("address", [FORECAST, REPLAY])
def test_administrators_see_figures_alone(district, running, address):
    address += f"?from={(timezone.now() - timedelta(days=60)).date()}"
    full, figures = get(district, "inspect1", address), get(district, "admin.system", address)

    assert full.context["total"] == figures.context["total"] > 0
    assert figures.context["rows"] == []
    assert running.number not in figures.text
    assert running.title not in figures.text
    assert faults_of(figures.text) == []


@pytest.mark.parametrize("address", [FORECAST, REPLAY])
def test_what_names_an_official_is_hidden_and_uncounted(district, running, address):
    Concern.objects.create(issue=running, official=district["inspect1"])

    answer = get(district, "inspect1", address)

    assert answer.context["rows"] == []
    assert answer.context["total"] == 0


@pytest.mark.parametrize("address", [FORECAST, REPLAY])
@pytest.mark.parametrize("by", ["firm1", "tax.head", "leader1", "admin.security"])
def test_others_are_refused(district, running, address, by):
    assert get(district, by, address).status_code == 403


def test_the_replay_tells_what_is_missing_and_what_agrees(district, running):
    first = (timezone.now().astimezone(ZONE) - timedelta(days=60)).date()
    before = get(district, "inspect1", f"{REPLAY}?from={first}")
    assert faults_of(before.text) == []
    assert {row["verdict"] for row in before.context["rows"]} == {"missing"}

    climb(timezone.now())

    after = get(district, "inspect1", f"{REPLAY}?from={first}")
    assert {row["verdict"] for row in after.context["rows"]} == {"agreed"}
    assert len(after.context["rows"]) == len(before.context["rows"])
    assert Clock.objects.get(kind="answer").level == 6


@pytest.mark.parametrize(
    ("query", "target", "words"),
    [
        ("?from=yesterday", "id_from", "不是日期"),
        ("?from=2026-02-30", "id_from", "不是日期"),
        ("?to=%00", "id_to", "不是日期"),
        ("?from=2026-01-31&to=2026-01-01", "id_to", "早于"),
        ("?from=2020-01-01&to=2025-01-01", "id_to", "最多回放 92 天"),
        ("?from=9999-12-30&to=9999-12-31", "id_from", "尚未到来"),
        ("?from=0001-01-01&to=9999-12-31", "id_to", "最多回放"),
    ],
)
def test_days_that_make_no_sense_get_a_sentence(district, query, target, words):
    answer = get(district, "inspect1", REPLAY + query)

    assert answer.status_code == 400
    assert words in field_errors(answer)[target]
    assert faults_of(answer.text) == []


@pytest.mark.parametrize("address", [FORECAST, REPLAY])
def test_long_lists_come_in_pages_and_are_counted_whole(district, running, monkeypatch, address):
    monkeypatch.setattr("liaison.clocks.views.forecast.PAGE_SIZE", 2)
    asked = {"from": str((timezone.now() - timedelta(days=60)).date()), "kind": "answer"}
    whole, shown = Driver(district, None).client("inspect1"), []
    while True:
        answer = whole.get(address, asked)
        assert answer.context["total"] == 6
        assert faults_of(answer.text) == []
        shown.append([row["level"] for row in answer.context["rows"]])
        if not answer.context["page"].after:
            break
        asked |= {"after": answer.context["page"].after}
    assert shown == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize("address", [FORECAST, REPLAY])
def test_more_clocks_ask_no_more_questions(district, running, django_assert_num_queries, address):
    client, address = Driver(district, None).client("inspect1"), f"{address}?from={(timezone.now() - timedelta(days=60)).date()}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    began = timezone.now() - timedelta(days=40)
    for _n in range(3):
        walk(district, submitted(district, began), "admit", "dispatch-alone", "accept", now=began)

    with django_assert_num_queries(len(few)):
        client.get(address)

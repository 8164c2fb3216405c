"""``manage.py due``: one answer for each line, also for bad ones, and the exit code tells."""

import io
import json
import sys

import pytest
from django.core.management import call_command

GOOD = {"start": "2026-09-30T16:00:00+08:00", "amount": 3, "unit": "wd"}
OWN = {"zone": "America/New_York", "segments": {"mon": [["00:00", "24:00"]]}, "exceptions": {}}


class Standard:
    def __init__(self, text: bytes) -> None:
        self.buffer = io.BytesIO(text)


@pytest.fixture
def due(monkeypatch):
    def ask(*lines: object) -> tuple[list[dict], int]:
        text = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", Standard(text))
        out, code = io.StringIO(), 0
        try:
            call_command("due", stdout=out)
        except SystemExit as leaving:
            code = leaving.code
        return [json.loads(line) for line in out.getvalue().splitlines()], code

    return ask


@pytest.mark.django_db
def test_an_answer_says_when_and_why(due):
    """T42: every day skipped is named."""
    (answer,), code = due({"id": "a", **GOOD})

    assert (answer["id"], answer["due"], code) == ("a", "2026-10-10T17:30:00+08:00", 0)
    assert len(answer["why"]) == 1 + 1 + 10 + 1
    assert "Thu 1 Oct 2026 (National Day) is not a working day and is skipped." in answer["why"]
    assert "Sat 10 Oct 2026 (make-up day for National Day) is working day 3." in answer["why"]


@pytest.mark.django_db
def test_a_calendar_of_its_own_may_be_given(due):
    (answer,), _code = due({"id": 1, **GOOD, **OWN, "amount": 1, "start": "2026-10-31T12:00:00Z"})

    assert answer["due"] == "2026-11-03T00:00:00-05:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"x", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "one object"),
        ({"id": 2}, "start and amount and unit must be given"),
        ({"id": 2, **GOOD, "amount": 0}, "more than nothing"),
        ({"id": 2, **GOOD, "amount": True}, "whole number"),
        (b'{"id": 2, "start": "2026-09-30T16:00:00+08:00", "amount": NaN, "unit": "wh"}', "whole number"),
        ({"id": 2, **GOOD, "amount": 99_999}, "too long"),
        ({"id": 2, **GOOD, "unit": "weeks"}, "unit must be"),
        ({"id": 2, **GOOD, "unit": []}, "unit must be"),
        ({"id": 2, **GOOD, "start": "2026-09-30T16:00:00"}, "says no zone"),
        ({"id": 2, **GOOD, "start": "yesterday"}, "must be a moment"),
        ({"id": 2, **GOOD, "start": 5}, "must be a moment"),
        ({"id": 2, **GOOD, "start": "0001-01-01T00:00:00+14:00"}, "9999"),
        ({"id": 2, **GOOD, "zone": "Asia/Nowhere"}, "no zone"),
        ({"id": 2, **GOOD, "zone": "../etc"}, "no zone"),
        ({"id": 2, **GOOD, "zone": 8}, "no zone"),
        ({"id": 2, **GOOD, "segments": {"monday": []}}, "keys mon"),
        ({"id": 2, **GOOD, "segments": {"mon": [["22:00", "06:00"]]}}, "midnight"),
        ({"id": 2, **GOOD, "segments": {"mon": "09:00"}}, "must be a list"),
        ({"id": 2, **GOOD, "segments": {"mon": [[["09:00"], "12:00"]]}}, "no time of day"),
        ({"id": 2, **GOOD, "segments": {}, "exceptions": {}}, "no working time"),
        ({"id": 2, **GOOD, "exceptions": {"1 October": []}}, "no date"),
        ({"id": 2, **GOOD, "exceptions": []}, "must be an object"),
        ({"id": 2, **GOOD, "pauses": [["2026-10-01T00:00:00Z"]]}, "pair"),
        ({"id": 2, **GOOD, "pauses": {"a": 1}}, "list of pairs"),
        ({"id": 2, **GOOD, "pauses": [["2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z"]]}, "ends before it begins"),
    ],
)
def test_a_bad_line_is_answered_and_the_next_is_read(due, line, words):
    answers, code = due(line, {"id": 3, **GOOD})

    assert words in answers[0]["error"]
    assert answers[1]["due"] == "2026-10-10T17:30:00+08:00"
    assert code == 1


@pytest.mark.django_db
def test_hours_by_the_clock_run_through_the_holiday_and_are_stopped_by_pauses(due):
    """T02, T30: 24 h are 24 h, whatever day it is."""
    question = {"start": "2026-09-30T16:00:00+08:00", "amount": 24, "unit": "h"}
    pause = ["2026-10-01T00:00:00+08:00", "2026-10-01T02:00:00+08:00"]
    answers, code = due(question, {**question, "pauses": [pause]})

    assert ([each["due"] for each in answers], code) == (["2026-10-01T16:00:00+08:00", "2026-10-01T18:00:00+08:00"], 0)
    assert answers[1]["why"] == [
        "The limit is 24 hours by the clock from Wed 30 Sep 2026, 16:00: day and night count, holidays too.",
        "Wed 30 Sep 2026, 16:00 to Thu 1 Oct 2026, 16:00: 24 hours by the clock.",
        "Paused from Thu 1 Oct 2026, 00:00 to Thu 1 Oct 2026, 02:00: 2 hours did not count.",
        "Without pauses it would end at Thu 1 Oct 2026, 16:00; until then it was paused for 2 hours.",
        "Thu 1 Oct 2026, 16:00 to Thu 1 Oct 2026, 18:00: 2 hours of the pause is made up for.",
        "It ends at Thu 1 Oct 2026, 18:00.",
    ]

"""The meetings of the year: as the tables have them, without a database."""

from datetime import timedelta

import pytest

from events.enums import WITH_MINUTES, Access, Action, Kind, Source
from issues.enums import Channel
from liaison.accounts.models import Duty
from liaison.demo import tables
from liaison.demo.cast import staff
from liaison.demo.dating import Dating
from liaison.demo.occasions import Meeting, meetings
from liaison.demo.scripts import stories
from liaison.demo.timeline import ENDS_AT
from liaison.workdays.statutory import statutory_calendar

STORIES = {story.key: story for story in stories()}
DATING = Dating.of_load(ENDS_AT)
MEETINGS = meetings(STORIES.values(), DATING)
OVER = [meeting for meeting in MEETINGS if meeting.stage == "closed"]
COMING = [meeting for meeting in MEETINGS if meeting.stage != "closed"]
FIRMS = {firm["key"]: firm for firm in tables.table("firms")["firm"]}
LABELS = {row["name"] for row in tables.table("firms")["label"]}
UNITS = {unit["code"] for unit in tables.table("units")["unit"]}
LEADERS = {
    name for name, (_words, posts) in staff().items() if any(duty in {Duty.LEADER, Duty.MAIN_LEADER} for _unit, duty in posts)
}
each = pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.key)


def firms_of(meeting: Meeting) -> list[str]:
    return [*meeting.come, *meeting.wait, *meeting.decline, *meeting.silent, *meeting.applied, *meeting.refused, *meeting.asked]


def count(kind: str) -> int:
    return sum(meeting.kind == kind for meeting in OVER)


def test_what_the_article_counts():
    """13 breakfasts, 3 sessions on ideals, more than ten briefings with 2,600 booklets, 3 investment events."""
    assert {kind: count(kind) for kind in Kind.values} == {
        "breakfast": 13, "symposium": 1, "training": 2, "briefing": 11, "investment": 3, "ideals": 3, "banks": 1,
        "supervisors": 1,
    }  # fmt: skip
    assert sum(meeting.booklets for meeting in OVER if meeting.kind == "briefing") == 2648
    assert {meeting.action for meeting in OVER} == set(Action.values)


def test_the_first_breakfast_and_the_appointment_are_on_their_days():
    found = {meeting.key: f"{meeting.starts_at:%F}" for meeting in OVER}

    assert (found["breakfast-01"], found["breakfast-13"], found["supervisors-01"]) == ("2022-01-17", "2022-09-26", "2022-06-15")


@each
def test_a_meeting_is_described_in_known_words(meeting: Meeting):
    assert meeting.kind in Kind.values
    assert meeting.action in Action.values
    assert meeting.access in Access.values
    assert meeting.by in set(Source.values) - {Source.ROTATION}, "only a real draw chooses by rotation"
    assert set(meeting.draw) <= {"labels", "come", "decline"}
    assert set(meeting.draw.get("labels", ())) <= LABELS
    assert {meeting.host_unit, *meeting.co_units} <= UNITS
    assert {meeting.host, *meeting.leaders, *meeting.replaced, *meeting.replaced.values()} <= LEADERS
    assert {*meeting.sends, *([meeting.leaves["firm"]] if meeting.leaves else [])} <= set(firms_of(meeting))


@each
def test_everything_comes_in_its_order(meeting: Meeting):
    firms = [*firms_of(meeting), *[name for name, _answer in meeting.drawn]]
    answers = [meeting.answered_at(firm) for firm in firms]
    decisions = [meeting.decided_at(firm) for firm in firms]
    steps = [meeting.planned_at, meeting.published_at, meeting.invited_at, *sorted(answers)]

    assert steps == sorted(steps)
    assert all(moment < meeting.reply_by < meeting.starts_at for moment in answers)
    assert all(moment < meeting.starts_at for moment in decisions)
    assert statutory_calendar().is_workday(meeting.planned_at.date())


@each
def test_firms_are_asked_once_and_were_registered_before(meeting: Meeting):
    firms = firms_of(meeting)

    assert len(firms) == len(set(firms))
    assert "stranger" not in firms
    for firm in firms:
        assert FIRMS[firm]["status"] == "verified"
        assert FIRMS[firm]["registered_on"] < meeting.invited_at.date()


def test_what_was_raised_at_a_meeting_came_from_there():
    """Each issue of this channel has its breakfast: the same day, of a firm that was there."""
    raised = {key: meeting for meeting in MEETINGS for key in meeting.stories}

    assert set(raised) == {key for key, story in STORIES.items() if story.channel in {Channel.BREAKFAST, Channel.MEETING}}
    for key, meeting in raised.items():
        story = STORIES[key]
        assert meeting.kind in WITH_MINUTES
        assert (story.channel == Channel.BREAKFAST) == (meeting.kind == Kind.BREAKFAST)
        assert story.firm in meeting.come
        assert meeting.starts_at < story.at < meeting.ends_at


def test_issues_name_their_breakfast_by_its_number():
    numbers = dict(zip("二三四五六七八九", range(2, 10), strict=True)) | {"十二": 12, "十三": 13}
    breakfasts = {meeting.key: meeting for meeting in OVER if meeting.series == "breakfast"}

    for words, number in numbers.items():
        named = {key for key, story in STORIES.items() if f"第{words}期" in story.body}
        assert named
        assert named <= set(breakfasts[f"breakfast-{number:02d}"].stories)


def test_what_is_still_to_come():
    assert [(meeting.key, meeting.stage) for meeting in COMING] == [
        ("breakfast-14", "published"), ("banks-02", "published"), ("briefing-12", "published"), ("supervisors-02", "planned"),
    ]  # fmt: skip
    for meeting in COMING:
        firms = [*firms_of(meeting), *[name for name, _answer in meeting.drawn]]
        assert meeting.starts_at > ENDS_AT + timedelta(days=2)
        assert max([meeting.published_at, *map(meeting.answered_at, firms)]) < ENDS_AT


def test_from_the_sixth_breakfast_on_the_rotation_chooses_besides():
    """By then the firms of the tables are registered; every draw leaves room for those whom the stories need."""
    drawn = [meeting for meeting in MEETINGS if meeting.draw]

    assert [meeting.key for meeting in drawn] == [f"breakfast-{number:02d}" for number in range(6, 15)]
    last = max(firm["registered_on"] for firm in FIRMS.values() if firm["status"] == "verified")
    for meeting in drawn:
        coming = len(meeting.come) + sum(answer == "come" for _name, answer in meeting.drawn)
        assert meeting.invited_at.date() > last
        assert meeting.capacity is not None
        assert coming == meeting.capacity if meeting.wait else coming <= meeting.capacity


def test_a_meeting_moves_with_the_open_issue_that_was_raised_there():
    later = Dating.of_load(ENDS_AT.replace(year=2026))
    moved = [meeting for meeting in meetings(STORIES.values(), later) if meeting.dating]

    assert [meeting.key for meeting in moved] == ["breakfast-13"]
    assert moved[0].moved(moved[0].starts_at).date() == later.moment(STORIES["water-pressure-park"].at).date()

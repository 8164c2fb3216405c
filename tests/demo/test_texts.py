"""The texts and scripts of the demonstration, without a database."""

import inspect
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from stdnum.cn import uscc

from enterprises.enums import ChamberKind, Ownership, Section, Status
from enterprises.sizes import size_of
from issues.actions import ACTIONS
from issues.deadlines import is_within_workdays, last_day_to_extend, latest_extension
from issues.enums import (
    CallResult,
    Channel,
    Ground,
    Kind,
    Nature,
    Outcome,
    PetitionKind,
    Rating,
    RatingReason,
    RedoReason,
    Solved,
    UnreasonableReason,
    Urgency,
    Waiting,
)
from liaison.accounts.models import Duty, UnitKind
from liaison.clocks.actions.rules import limit_in_force
from liaison.demo import tables
from liaison.demo.cast import firm_people, staff
from liaison.demo.inspection import INSPECTION
from liaison.demo.papers import DRAWINGS
from liaison.demo.play import TALK
from liaison.demo.scripts import Story, stories
from liaison.demo.timeline import ENDS_AT
from liaison.workdays.limits import Limit, LimitUnit, due_at
from liaison.workdays.statutory import statutory_calendar

STORIES = stories()
ACTS = [(story, act) for story in STORIES for act in story.acts]
UNITS = {unit["code"]: unit for unit in tables.table("units")["unit"]}
FIRMS = {firm["key"]: firm for firm in tables.table("firms")["firm"]}
STAFF = staff()
SUPERVISORS = {row["username"] for row in tables.table("supervision")["supervisor"]}
PEOPLE = set(STAFF) | set(firm_people()) | SUPERVISORS
CATEGORIES = [f"{n:02d}" for n in range(1, 24)] + ["99"]
OWN = {"issue", "by", "now", "version"}


def of_every_story(check: Callable[[Story], None]) -> Callable[[], None]:
    """One test for all of them: a thousand single ones would only cost time."""

    def test() -> None:
        for story in STORIES:
            check(story)

    return test


def values(step: str, name: str) -> set:
    return {act.fields[name] for _story, act in ACTS if act.step == step and name in act.fields}


# --- the cast and the firms ---------------------------------------------------------------------------
def test_the_cast_of_the_interface_document_is_there():
    units = ("tax", "env", "finance")
    named = {f"{unit}.{duty}" for unit in units for duty in ("liaison", "handler", "head")}
    named |= {
        "firm1", "firm2", "firm2.staff", "firm3", "desk1", "desk2", "caller1", "leader1", "leader.main", "inspect1", "events1",
        "supervisor1", "supervisor2", "discipline.reception", "discipline.keeper", "discipline.handler", "discipline.head",
        "admin.system", "admin.security", "admin.audit", "stranger",
    }  # fmt: skip

    assert named <= PEOPLE


def test_units_have_known_kinds_and_parents_before_them():
    seen = set()
    for code, unit in UNITS.items():
        assert unit["kind"] in UnitKind.values
        assert unit.get("parent", "district") in seen | {"district"}
        seen.add(code)


def test_postings_name_known_units_and_duties():
    postings = [posting for _name, postings in staff().values() for posting in postings]

    assert {unit for unit, _duty in postings} <= set(UNITS)
    assert {duty for _unit, duty in postings} == set(Duty.values) - {Duty.SUPERVISOR}  # that is an appointment


def test_the_three_administrators_have_one_duty_each():
    assert all(len(staff()[f"admin.{name}"][1]) == 1 for name in ("system", "security", "audit"))


def test_people_have_names_of_their_own():
    names = Counter([name for name, _postings in staff().values()])

    assert [name for name, count in names.items() if count > 1] == []


def test_forty_firms_have_valid_codes_of_their_own():
    codes = [firm["credit_code"] for firm in FIRMS.values()]

    assert len(codes) == len(set(codes)) == 40
    assert all(uscc.is_valid(code) and code[2:8] == "510311" for code in codes)


@pytest.mark.parametrize("firm", FIRMS.values(), ids=lambda firm: firm["key"])
def test_a_firm_is_described_in_known_words(firm):
    labels = {row["name"] for row in tables.table("firms")["label"]}
    chambers = {row["code"]: row["kind"] for row in tables.table("firms")["chamber"]}

    assert firm["industry"] in Section.values
    assert firm["ownership"] in Ownership.values
    assert firm["status"] in Status.values
    assert UNITS[firm["town"]]["kind"] == UnitKind.TOWN
    assert set(firm["labels"]) <= labels
    assert set(firm["chambers"]) <= set(chambers)
    assert set(chambers.values()) <= set(ChamberKind.values)


def test_every_size_class_but_large_occurs():
    classes = {
        size_of(f["industry"], f["industry_code"], {k: f[k] for k in ("employees", "revenue", "assets")}) for f in FIRMS.values()
    }

    assert {"medium", "small", "micro"} <= classes


def test_one_person_acts_for_two_firms():
    managers = Counter(firm["people"][0]["username"] for firm in FIRMS.values())

    assert managers["hotel"] == 2


def test_categories_name_known_units():
    rows = tables.table("categories")["category"]

    assert [row["code"] for row in rows] == CATEGORIES
    assert {code for row in rows for code in [row["lead"], *row["co"]]} <= set(UNITS)


# --- the issues ---------------------------------------------------------------------------------------
def test_there_are_more_than_120_issues_with_keys_and_titles_of_their_own():
    assert len(STORIES) >= 120
    assert len({story.key for story in STORIES}) == len({story.title for story in STORIES}) == len(STORIES)


def test_the_bodies_are_written_one_by_one():
    bodies = [story.body for story in STORIES if not story.draft]
    openings = Counter(body[:12] for body in bodies)

    assert sum(80 <= len(body) <= 300 for body in bodies) >= 100
    assert min(map(len, bodies)) >= 55
    assert openings.most_common(1)[0][1] <= 6


def test_every_channel_category_nature_type_and_urgency_occurs():
    assert {story.channel for story in STORIES} == set(Channel.values)
    assert {story.category for story in STORIES} == set(CATEGORIES)
    assert {story.nature for story in STORIES} == set(Nature.values)
    assert {story.kind for story in STORIES} == set(Kind.values)
    assert {story.urgency for story in STORIES} == set(Urgency.values)


def test_sensitive_issues_and_named_officials_occur():
    assert sum(story.sensitive for story in STORIES) >= 5
    assert {name for story in STORIES for name in story.names} <= set(staff())
    assert sum(bool(story.names) for story in STORIES) == 2


@of_every_story
def test_a_story_names_known_firms_people_and_units(story: Story):
    assert story.firm in FIRMS
    assert {story.lead, *story.co} <= set(UNITS)
    assert {story.by, *(act.by for act in story.acts)} <= PEOPLE
    assert {file.rpartition(".")[2] for file in story.files} <= set(DRAWINGS)


@of_every_story
def test_a_story_lies_between_the_firms_registration_and_the_end(story: Story):
    moments = [story.at, *(act.at for act in story.acts)]

    assert moments == sorted(moments)
    assert moments[-1] <= ENDS_AT
    assert FIRMS[story.firm]["registered_on"] < story.at.date()


@of_every_story
def test_staff_act_on_working_days(story: Story):
    assert all(statutory_calendar().is_workday(act.at.date()) for act in story.acts if act.by in STAFF)


@of_every_story
def test_every_step_is_an_action_with_exactly_its_fields(story: Story):
    for act in story.acts:
        parameters = inspect.signature({**ACTIONS, **TALK, **INSPECTION}[act.step]).parameters
        required = {name for name, parameter in parameters.items() if parameter.default is parameter.empty}
        assert required - OWN <= set(act.fields) <= set(parameters) - OWN, act


def test_every_step_occurs_but_the_rarest_two():
    used = {act.step for _story, act in ACTS} | {"submit"}

    assert set(ACTIONS) - used <= {"name-officials", "recheck"}
    assert {"message", "note", *INSPECTION} <= used


def test_every_word_of_choice_occurs():
    reasons = {reason for _story, act in ACTS if act.step == "evaluate" for reason in act.fields.get("reasons", [])}

    assert values("answer", "outcome") == set(Outcome.values)
    assert values("answer", "reason") <= set(UnreasonableReason.values)
    assert values("propose-refusal", "reason") <= set(Ground.values)
    assert values("call-back", "result") == set(CallResult.values)
    assert values("evaluate", "solved") == set(Solved.values)
    assert values("evaluate", "rating") >= {Rating.VERY_SATISFIED, Rating.VERY_DISSATISFIED}
    assert reasons <= set(RatingReason.values)
    assert values("redo", "reason") <= set(RedoReason.values)
    assert values("ask-suspension", "kind") == set(Waiting.values)


@pytest.mark.parametrize("kind", ["refusal", "send-back", "extension", "suspension"])
def test_both_decisions_occur(kind):
    step = "confirm-refusal" if kind == PetitionKind.REFUSAL else f"decide-{kind}"

    assert values(step, "result") == {"approve", "decline"}


@pytest.mark.django_db
@of_every_story
def test_more_time_is_asked_for_in_time_and_at_most_doubles_the_limit(story: Story):
    issued_at, due, limit = story.at, story.at, limit_in_force("answer", story.nature, story.urgency)
    for act in story.acts:
        if act.step in {"dispatch", "redo"}:
            issued_at = act.at
            limit = Limit(act.fields["limit"], LimitUnit.WORKING_DAYS) if "limit" in act.fields else limit
            due = due_at(statutory_calendar(), issued_at, limit)
        if act.step == "ask-extension":
            assert act.at.date() <= last_day_to_extend(due)
            assert due.date() < act.fields["until"] <= latest_extension(issued_at, limit)
            due += timedelta(days=(act.fields["until"] - due.date()).days)


@pytest.mark.django_db
@of_every_story
def test_a_unit_asks_within_a_day_to_send_back(story: Story):
    dispatched_at = story.at
    for act in story.acts:
        dispatched_at = act.at if act.step == "dispatch" else dispatched_at
        assert act.step != "ask-send-back" or is_within_workdays(dispatched_at, act.at, 1)


def test_the_article_s_two_stories_are_there():
    found = {story.key: story for story in STORIES}
    loan, restructuring = found["loan-of-the-article"], found["restructuring-of-the-article"]

    assert FIRMS[loan.firm]["name"] == "四川水木阳光农业有限公司"
    assert any("240万元" in act.fields["text"] for act in loan.acts if act.step == "answer")
    assert FIRMS[restructuring.firm]["name"] == "自贡市虹旭金属有限责任公司"
    assert any("1年9个月" in act.fields["text"] and act.at.month == 4 for act in restructuring.acts if act.step == "progress")

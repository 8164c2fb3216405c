"""The editor of the ladder: a dry run before saving, what it refuses and how, two editors at once."""

import pytest
from django.test import Client

from liaison.clocks.actions.rules import rungs_in_force
from liaison.clocks.models import RuleSet
from tests.clocks.editors import LADDER, administrator, rungs_form, version
from tests.clocks.test_limits_pages import field_errors
from tests.markup import faults_of

EDIT = "/clocks/ladder/general/"


@pytest.fixture
def admin(db, client):
    return administrator(client)


def levels(kind=""):
    return [(rung.level, rung.basis, rung.amount) for rung in rungs_in_force().get(kind, [])]


def test_the_page_shows_every_ladder(admin, client):
    answer = client.get("/clocks/ladder/")

    assert faults_of(answer.text) == []
    assert [(ladder["address"], len(ladder["rows"])) for ladder in answer.context["ladders"]] == [
        ("general", 6),
        ("evaluate", 2),
        ("call_back", 3),
    ]
    assert client.get(EDIT).status_code == 200
    assert client.get("/clocks/ladder/nonsense/").status_code == 404


def test_nothing_is_saved_before_the_dry_run_was_seen(admin, client):
    before, form = version(LADDER), rungs_form(**{"r2.amount": "75"})

    dry_run = client.post(EDIT, form)

    assert (dry_run.status_code, version(LADDER)) == (200, before)
    assert faults_of(dry_run.text) == []
    assert [(c.before.split(" · ")[1], c.after.split(" · ")[1]) for c in dry_run.context["changes"]] == [
        ("时限过去 80% 时", "时限过去 75% 时")
    ]
    sent = {}
    for name, value in dry_run.context["sent"]:
        sent.setdefault(name, []).append(value)
    again = client.post(EDIT, sent | {"act": "edit"})
    assert (again.status_code, version(LADDER)) == (200, before)
    assert 'value="75"' in again.text
    assert client.post(EDIT, sent | {"act": "save"}).status_code == 302
    assert levels()[1] == (2, "share", 75)
    assert len(rungs_in_force()["call_back"]) == 3
    saved = RuleSet.objects.get(of=LADDER, version=before + 1)
    assert (saved.saved_by, saved.note) == (admin, "年度调整")
    assert faults_of(client.get("/clocks/ladder/history/").text) == []


def test_a_clock_gets_a_ladder_of_its_own_and_gives_it_up(admin, client):
    own = rungs_form("accept", **{f"r{n}.remove": "on" for n in range(4, 7)})

    assert client.post("/clocks/ladder/accept/", own | {"act": "save"}).status_code == 302
    assert [level for level, _basis, _amount in levels("accept")] == [1, 2, 3]
    drop = {"version": str(version(LADDER)), "note": "不再需要", "drop": "on", "act": "save"}
    assert client.post("/clocks/ladder/accept/", drop).status_code == 302
    assert levels("accept") == []
    assert len(levels()) == 6


BAD = {
    "a gap": ({"r3.remove": "on"}, "r4.level", "缺少第 3 级"),
    "a level twice": ({"r3.level": "2"}, "r3.level", "重复"),
    "a level of zero": ({"r1.level": "0"}, "r1.level", "1 至 9"),
    "a level of text": ({"r1.level": "上"}, "r1.level", "1 至 9"),
    "backwards among shares": ({"r1.amount": "90"}, "r2.amount", "早于第 1 级"),
    "backwards among days": ({"r5.amount": "11"}, "r6.amount", "早于第 5 级"),
    "a share after the end": ({"r4.basis": "share", "r4.amount": "90"}, "r4.light", "超期"),
    "a share of nothing": ({"r1.amount": "0"}, "r1.amount", "1 至 99"),
    "a share of all": ({"r2.amount": "100"}, "r2.amount", "1 至 99"),
    "ten thousand days": ({"r6.amount": "10000"}, "r6.amount", "0 至 365"),
    "negative days": ({"r6.amount": "-1"}, "r6.amount", "0 至 365"),
    "no amount": ({"r6.amount": ""}, "r6.amount", "填写数量"),
    "nobody told": ({"r1.told": []}, "r1.told_0", "告知对象"),
    "an order without inspectors": ({"r4.told": ["handler", "head"]}, "r4.told_0", "督查室"),
    "an order before the end": ({"r2.acts": ["order"], "r2.told": ["inspector"]}, "r2.acts_0", "只用于超期"),
    "red before the end": ({"r2.light": "red"}, "r2.light", "超期"),
    "a milder light above": ({"r6.light": "yellow"}, "r6.light", "更轻"),
    "the enterprise": ({"r1.told": ["handler", "firm"]}, "r1.told_0", "不告知企业"),
    "an unknown role": ({"r1.told": ["mayor"]}, "r1.told_0", "从列表中选择"),
    "an unknown act": ({"r3.acts": ["flog"]}, "r3.acts_0", "从列表中选择"),
    "an unknown basis": ({"r3.basis": "moon"}, "r3.basis", "从列表中选择"),
    "half a rung": ({"r7.amount": "20", "r7.basis": "after"}, "r7.level", "填写级别"),
    "no reason": ({"r2.amount": "70", "note": " "}, "note", "原因"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused_beside_its_field(admin, client, name):
    changes, target, words = BAD[name]
    before = version(LADDER)

    answers = [client.post(EDIT, rungs_form() | changes | {"act": act}) for act in ("try", "save")]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert words in field_errors(answers[0])[f"id_{target}"]
    assert faults_of(answers[0].text) == []
    assert version(LADDER) == before


def test_whoever_comes_second_is_told_who_was_quicker(admin, client):
    mine = rungs_form(note="我的理由", **{"r1.amount": "40"})
    colleague = Client()
    administrator(colleague, name="李敏")
    assert colleague.post(EDIT, rungs_form(**{"r2.amount": "70", "act": "save"})).status_code == 302

    for act in ("try", "save"):
        answer = client.post(EDIT, mine | {"act": act})
        assert answer.status_code == 409
        assert "李敏" in answer.text
        assert "我的理由" in answer.text
        assert 'value="40"' in answer.text
        assert faults_of(answer.text) == []
    assert levels()[:2] == [(1, "share", 50), (2, "share", 70)]


def test_a_version_that_is_no_number_is_not_ours(admin, client):
    assert client.post(EDIT, rungs_form() | {"version": "x" * 30}).status_code == 409
    assert client.post("/clocks/limits/edit/", {"version": "²", "note": "x"}).status_code == 409

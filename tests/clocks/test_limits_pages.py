"""The editor of limits: what it refuses and how, versions, two editors at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from liaison.accounts.models import Duty
from liaison.audit.models import AuditEntry, AuditTag
from liaison.clocks.models import RuleSet
from tests.clocks.editors import LIMITS, administrator, limit_of, limits_form, version
from tests.markup import faults_of
from tests.people import official

EDIT = "/clocks/limits/edit/"


def field_errors(answer):
    """The sentences beside fields, by the field's id."""
    words = {}
    for target, said in re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', answer.text, re.DOTALL):
        words[unescape(target)] = unescape(said)
    return words


@pytest.fixture
def admin(db, client):
    return administrator(client)


def test_the_table_says_limit_source_and_an_example(admin, client):
    answer = client.get("/clocks/limits/")

    assert answer.status_code == 200
    assert faults_of(answer.text) == []
    assert [row["length"] for row in answer.context["rows"] if row["words"].startswith("答复")][:2] == [
        "7 个工作日",
        "3 个工作日",
    ]
    law = [row for row in answer.context["rows"] if row["source"]]
    assert [row["most"] for row in law] == ["10 个工作日", "30 个自然日"]
    assert all(row["due"] > answer.context["now"] for row in answer.context["rows"])


def test_a_change_is_a_new_version_with_its_reason(admin, client):
    before = version(LIMITS)

    answer = client.post(EDIT, limits_form("营商环境提速", **{"answer.complaint..amount": "10"}))

    assert answer.status_code == 302
    assert limit_of("answer", "complaint") == (10, "wd")
    saved = RuleSet.objects.get(of=LIMITS, version=before + 1)
    assert (saved.note, saved.saved_by) == ("营商环境提速", admin)
    assert AuditEntry.objects.filter(tag=AuditTag.REFERENCE_CHANGED, subject=f"limits {before + 1}").count() == 1
    history = client.get("/clocks/limits/history/")
    assert [(c.before, c.after) for c in history.context["versions"][0].changes] == [("15 个工作日", "10 个工作日")]
    assert faults_of(history.text) == []


def test_a_more_particular_rule_is_added_and_removed_again(admin, client):
    new = {"new1.kind": "answer", "new1.nature": "complaint", "new1.urgency": "urgent", "new1.amount": "12", "new1.unit": "h"}

    assert client.post(EDIT, limits_form(**new)).status_code == 302
    assert limit_of("answer", "complaint", "urgent") == (12, "h")
    assert client.post(EDIT, limits_form(**{"answer.complaint.urgent.remove": "on"})).status_code == 302
    assert limit_of("answer", "complaint", "urgent") is None
    assert limit_of("answer", "complaint") == (15, "wd")


def test_the_last_rule_of_a_kind_cannot_be_removed(admin, client):
    answer = client.post(EDIT, limits_form(**{"answer...remove": "on", "answer...amount": "8"}))

    assert answer.status_code == 302
    assert limit_of("answer") == (8, "wd")


NEW = {"kind": "answer", "nature": "help", "urgency": "urgent", "amount": "5", "unit": "h"}
BAD = {
    "zero": ({"admit...amount": "0"}, "admit...amount", "至少为 1"),
    "negative": ({"admit...amount": "-3"}, "admit...amount", "至少为 1"),
    "ten thousand": ({"admit...amount": "10000", "admit...unit": "wd"}, "admit...amount", "最多为 1,000"),
    "text": ({"admit...amount": "七天"}, "admit...amount", "整数"),
    "half": ({"admit...amount": "1.5"}, "admit...amount", "整数"),
    "endless": ({"admit...amount": "9" * 5000}, "admit...amount", "整数"),
    "nul": ({"admit...amount": "\0"}, "admit...amount", "整数"),
    "blank": ({"admit...amount": ""}, "admit...amount", "填写"),
    "both blank": ({"admit...amount": "", "admit...unit": ""}, "admit...unit", "选择单位"),
    "unknown unit": ({"admit...unit": "weeks"}, "admit...unit", "选择单位"),
    "twice": (
        {"new1.kind": "answer", "new1.nature": "complaint", "new1.amount": "5", "new1.unit": "wd"},
        "new1.kind",
        "已有规则",
    ),
    "twice among the new": (
        {
            f"new{n}.{k}": v
            for n in "12"
            for k, v in (("kind", "answer"), ("nature", "help"), ("urgency", "urgent"), ("amount", "5"), ("unit", "h"))
        },
        "new2.kind",
        "已有规则",
    ),
    "half a new rule": ({"new1.nature": "help"}, "new1.kind", "选择"),
    "new without an amount": ({"new1.kind": "answer", "new1.nature": "help", "new1.urgency": "urgent"}, "new1.amount", "填写"),
    "unknown nature": ({"new1.kind": "answer", "new1.nature": "gossip"}, "new1.nature", "请从列表中选择"),
    "longer than the law": ({"pass_on...amount": "11"}, "pass_on...amount", "最多 10 个工作日"),
    "another unit than the law": ({"arrears...amount": "20", "arrears...unit": "wd"}, "arrears...amount", "自然日"),
    "no reason": ({"admit...amount": "3", "note": ""}, "note", "原因"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused_beside_its_field(admin, client, name):
    changes, target, words = BAD[name]
    before = version(LIMITS)

    answer = client.post(EDIT, limits_form() | changes)

    assert answer.status_code == 400
    assert words in field_errors(answer)[f"id_{target}"]
    assert faults_of(answer.text) == []
    assert version(LIMITS) == before


def test_saving_without_a_change_is_no_version(admin, client):
    answer = client.post(EDIT, limits_form())

    assert answer.status_code == 400
    assert "没有变化" in answer.text


def test_whoever_comes_second_is_told_who_was_quicker_and_keeps_what_was_typed(admin, client):
    mine = limits_form("我的理由", **{"answer.complaint..amount": "9", "answer.help..amount": "5"})
    colleague = Client()
    administrator(colleague, name="李敏")
    theirs = limits_form("先到先得", **{"answer.complaint..amount": "12", "answer.consult..remove": "on"})
    assert colleague.post(EDIT, theirs).status_code == 302

    answer = client.post(EDIT, mine)

    assert answer.status_code == 409
    assert "李敏" in answer.text
    assert "先到先得" in answer.text
    assert [(c.before, c.after) for c in answer.context["changes"]] == [("3 个工作日", ""), ("15 个工作日", "12 个工作日")]
    assert 'value="9"' in answer.text
    assert "我的理由" in answer.text
    assert faults_of(answer.text) == []
    assert limit_of("answer", "complaint") == (12, "wd")
    again = client.post(EDIT, mine | {"version": str(version(LIMITS)), "answer.consult..remove": "on"})
    assert again.status_code == 302
    assert (limit_of("answer", "complaint"), limit_of("answer", "help"), limit_of("answer", "consult")) == (
        (9, "wd"),
        (5, "wd"),
        None,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    clients = [Client(), Client()]
    for client in clients:
        administrator(client)
    forms = [limits_form(**{"admit...amount": amount}) for amount in ("5", "6")]
    barrier, before = Barrier(2), version(LIMITS)

    def save(nth):
        barrier.wait(10)
        try:
            return clients[nth].post(EDIT, forms[nth]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(save, range(2)))

    assert sorted(statuses) == [302, 409]
    assert version(LIMITS) == before + 1
    assert limit_of("admit") == ((5, "wh") if statuses[0] == 302 else (6, "wh"))


def test_the_pages_belong_to_the_system_administrator(client, db):
    inspector = official(Duty.INSPECTOR)
    client.force_login(inspector, backend="liaison.accounts.backends.SignInBackend")

    assert {client.get(page).status_code for page in ("/clocks/limits/", EDIT, "/clocks/limits/history/")} == {403}

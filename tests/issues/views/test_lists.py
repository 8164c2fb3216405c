"""Each list holds exactly what waits for its reader."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from issues.actions.intake import start_draft
from issues.models import Issue
from tests.factories.issues import MONDAY, matter, step, submitted, walk
from tests.issues.views.lists import listed, numbers, page, visible, words

TO_HANDLING = ("admit", "dispatch", "accept")
TO_ANSWERED = ("admit", "dispatch-alone", "accept", "answer", "sign-off")


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(MONDAY + timedelta(minutes=30), tick=False):
        yield


@pytest.fixture
def cast(district):
    """One issue at each place of the loop."""
    walk(district, submitted(district, title="新来的一件"))
    walk(district, submitted(district, title="已受理的一件"), "admit")
    walk(district, submitted(district, title="已派单的一件"), "admit", "dispatch")
    walk(district, submitted(district, title="办理中的一件"), *TO_HANDLING)
    walk(district, submitted(district, title="待审签的一件"), "admit", "dispatch-alone", "accept", "answer")
    walk(district, submitted(district, title="已答复的一件"), *TO_ANSWERED)
    walk(district, submitted(district, title="不满意的一件"), *TO_ANSWERED, "evaluate-badly")
    walk(district, submitted(district, title="要重办的一件"), *TO_ANSWERED, "evaluate-badly", "call-back-redo")
    walk(district, submitted(district, title="办结的一件"), *TO_ANSWERED, "evaluate")
    return district


EVERYBODY = (
    "desk1", "desk2", "caller1", "leader1", "leader.main", "inspect1", "tax.liaison", "tax.handler", "tax.head", "env.liaison",
    "finance.head", "firm1", "firm2", "stranger", "admin.system", "admin.security", "admin.audit",
)  # fmt: skip


def test_all_shows_exactly_what_one_may_read(cast):
    shown = {username: set(listed(cast, username, view="all")) for username in EVERYBODY}

    assert shown == {username: visible(cast, username) for username in EVERYBODY}


WAITING = {
    ("desk1", ""): {"新来的一件", "已受理的一件", "要重办的一件"},
    ("desk1", "to-admit"): {"新来的一件"},
    ("desk1", "to-dispatch"): {"已受理的一件"},
    ("desk1", "to-redo"): {"要重办的一件"},
    ("desk1", "callback"): {"不满意的一件"},
    ("tax.liaison", ""): {"已派单的一件", "办理中的一件", "待审签的一件"},
    ("tax.liaison", "to-accept"): {"已派单的一件"},
    ("tax.handler", "mine"): {"办理中的一件", "待审签的一件"},
    ("tax.head", "to-sign-off"): {"待审签的一件"},
    ("env.handler", "opinions"): {"已派单的一件", "办理中的一件"},
    ("env.liaison", "to-accept"): {"已派单的一件", "办理中的一件"},
    ("caller1", ""): {"不满意的一件"},
    ("leader1", ""): {"已派单的一件", "办理中的一件", "待审签的一件"},
    ("inspect1", ""): {"已派单的一件", "办理中的一件", "待审签的一件"},
    ("firm1", "to-evaluate"): {"已答复的一件"},
    ("firm1", "ended"): {"办结的一件"},
}


def test_each_list_holds_what_waits_for_its_reader(cast):
    titles = {issue.address: issue.title for issue in Issue.objects.all()}

    shown = {(username, view): {titles[each] for each in listed(cast, username, view=view)} for username, view in WAITING}

    assert shown == WAITING


def test_decisions_wait_for_somebody_other_than_who_asked(district):
    issue = step(district, submitted(district), "propose-refusal", "desk1", reason="court", text="法院正在审理。")

    assert [listed(district, name, view="decisions") for name in ("desk1", "desk2")] == [[], [issue.address]]


def test_the_second_extension_waits_for_the_leader_not_for_the_desk(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    ask = {"reason": "等待上级批复", "until": (MONDAY + timedelta(days=11)).date(), "note": "请稍候"}
    step(district, issue, "ask-extension", "tax.handler", **ask)
    assert listed(district, "desk1", view="decisions") == [issue.address]
    assert listed(district, "leader1", view="extensions") == []

    step(district, issue, "decide-extension", "desk1", result="approve")
    step(district, issue, "ask-extension", "tax.handler", **{**ask, "until": (MONDAY + timedelta(days=14)).date()})

    assert listed(district, "desk1", view="decisions") == []
    assert listed(district, "leader1", view="extensions") == [issue.address]


def test_a_direct_line_stands_in_the_addressees_list(district):
    issue = submitted(district, leader=district["leader.main"])

    assert listed(district, "leader.main", view="direct") == [issue.address]
    assert page(district, "leader1", view="direct").status_code == 400


def test_answered_issues_are_called_about_when_the_firm_has_been_silent_for_five_working_days(district):
    issue = walk(district, submitted(district), *TO_ANSWERED)
    with time_machine.travel(MONDAY + timedelta(days=7, hours=7), tick=False):
        before = listed(district, "caller1", view="to-call")
    with time_machine.travel(MONDAY + timedelta(days=7, hours=9), tick=False):
        after = listed(district, "caller1", view="to-call")

    assert (before, after) == ([], [issue.address])


def test_the_ledger_comes_back_when_its_day_has_come(district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    issue = step(district, issue, "answer", "tax.handler", outcome="not_possible", text="条件暂不具备。")
    walk(district, issue, "sign-off", "evaluate")

    assert listed(district, "desk1", view="ledger") == [issue.address]
    assert listed(district, "desk1", view="to-recheck") == []
    with time_machine.travel(MONDAY + timedelta(days=31), tick=False):
        assert listed(district, "desk1", view="to-recheck") == [issue.address]


def test_drafts_are_listed_for_their_firm_only(district):
    draft = start_draft(district.firm, matter(title="没写完的一件"), by=district["firm1"], now=MONDAY)

    assert str(draft.draft_key) in words(page(district, "firm1", view="drafts"))
    assert "没写完的一件" not in words(page(district, "desk1", view="drafts"))
    assert "没写完的一件" not in words(page(district, "firm1", view="all"))


def test_answered_issues_stand_first_on_the_firms_page(cast):
    text = words(page(cast, "firm1"))

    assert text.index("Waiting for your evaluation") < text.index("已答复的一件") < text.index("<table")


def test_leaders_read_whose_answers_are_late(cast):
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        response = page(cast, "leader1")

    assert [(row["lead_unit__code"], row["late"]) for row in response.context["late"]] == [("tax", 3)]
    assert "Whose answers are late" in words(response)


def test_somebody_without_a_part_in_issues_reads_why_the_page_is_empty(district):
    response = page(district, "admin.audit")

    assert (response.status_code, numbers(response)) == (200, [])
    assert "Issues are not part of your work" in words(response)


FILTERS = [
    ({"stage": "handling"}, 1),
    ({"unit": "tax"}, 7),
    ({"unit": "env"}, 0),
    ({"category": "01"}, 9),
    ({"nature": "help"}, 9),
    ({"channel": "web"}, 9),
    ({"urgency": "urgent"}, 0),
    ({"q": "办理中"}, 1),
    ({"q": "沿企诉〔2026〕4号"}, 1),
    ({"q": "2026-4"}, 1),
    ({"q": "水木阳光"}, 9),
    ({"q": "!!!"}, 0),
    ({"q": "𠮷"}, 0),
    ({"stage": "handling", "unit": "tax", "q": "办理中", "light": "blue"}, 1),
    ({"light": "red"}, 0),
]


def test_filters_narrow_all_issues(cast):
    assert [(asked, len(listed(cast, "desk1", **asked))) for asked, _count in FILTERS] == FILTERS


@pytest.mark.parametrize("name", ["stage", "unit", "category", "light", "nature", "channel", "urgency", "view"])
def test_what_is_not_known_is_told(district, name):
    for value in ("draft", "x", "-1", "'; --", "\u202e", "9" * 5000):
        response = page(district, "desk1", **{name: value})

        assert response.status_code == 400
        assert "<title>Error:" in words(response)


def test_a_text_that_is_too_long_or_holds_a_nul_is_told(district):
    assert page(district, "desk1", q="贷" * 101).status_code == 400
    assert page(district, "desk1", q="贷\0款").status_code == 400


def test_a_bad_cursor_is_the_first_page(district):
    issue = submitted(district)

    for cursor in ("x", "null", "WyIyMDI2Il0:forged", "\0", "9" * 5000):
        assert listed(district, "desk1", view="all", after=cursor) == [issue.address]


def test_a_cursor_of_one_list_opens_no_other(district, monkeypatch):
    monkeypatch.setattr("issues.views.lists.PAGE", 1)
    for _n in range(2):
        walk(district, submitted(district), *TO_HANDLING)
    cursor = page(district, "desk1", view="all").context["page"].after

    assert listed(district, "leader1", view="running", after=cursor) == listed(district, "leader1", view="running")


@pytest.mark.parametrize("view", ["all", "pool", "open"])
def test_pages_follow_each_other_though_all_were_sent_at_the_same_moment(district, monkeypatch, view):
    monkeypatch.setattr("issues.views.lists.PAGE", 3)
    issues = [submitted(district, title=f"第{n}件") for n in range(8)]
    assert len({issue.submitted_at for issue in issues}) == 1
    shown, asked = [], {"view": view}

    while True:
        response = page(district, "desk1", **asked)
        shown += numbers(response)
        if not (cursor := response.context["page"].after):
            break
        asked["after"] = cursor

    order = "pk" if view == "pool" else "-pk"
    assert shown == [issue.address for issue in Issue.objects.order_by(order)]


def test_a_page_with_rows_before_it_leads_back(district, monkeypatch):
    monkeypatch.setattr("issues.views.lists.PAGE", 3)
    for _n in range(5):
        submitted(district)
    first = page(district, "desk1", view="all")
    second = page(district, "desk1", view="all", after=first.context["page"].after)

    assert listed(district, "desk1", view="all", before=second.context["page"].before) == numbers(first)


def test_time_left_and_light_stand_beside_the_due_date(district):
    issue = walk(district, submitted(district), *TO_HANDLING)

    assert "剩 7 个工作日 6 小时" in words(page(district, "tax.handler", language="zh-hans"))
    with time_machine.travel(issue.due_at + timedelta(days=1), tick=False):
        text = words(page(district, "tax.handler", language="zh-hans"))
    assert "超期" in text
    assert "已超 1 个工作日" in text


def test_the_firm_reads_no_word_of_the_desks_or_units_work(district):
    walk(district, submitted(district), *TO_HANDLING)
    text = words(page(district, "firm1", view="all"))

    assert "tax.handler氏" not in text
    assert "/issues/export" not in text


def test_only_get_is_understood(district, client):
    client.force_login(district["desk1"])

    assert client.post("/issues/").status_code == 405


def test_visitors_sign_in_first(db, client):
    response = client.get("/issues/?view=all")

    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/issues/%3Fview%3Dall")


def test_the_clock_of_the_list_is_now(cast):
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        assert len(listed(cast, "desk1", light="red")) == 0
        assert len(listed(cast, "desk1", light="yellow")) == 3
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        assert len(listed(cast, "desk1", view="overdue")) == 3

"""The whole loop over HTTP, with the documented addresses and field names."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from issues.models import Issue
from liaison.workdays import add_workdays
from tests.factories.issues import MONDAY, submitted
from tests.issues.views.driver import Driver

ADMIT = {"category": "01", "nature": "help", "kind": "individual", "urgency": "normal"}


@pytest.fixture
def drive(district):
    with time_machine.travel(MONDAY, tick=True):
        yield Driver(district, submitted(district))


def in_handling(drive, **dispatch) -> Driver:
    drive.take("desk1", "admit", **ADMIT)
    drive.take("desk1", "dispatch", lead_unit="tax", limit=7, **dispatch)
    drive.take("tax.liaison", "accept", handler="tax.handler")
    return drive


def answered(drive, **dispatch) -> Driver:
    in_handling(drive, **dispatch)
    drive.take("tax.handler", "answer", outcome="solved", text="已协调银行办理。")
    drive.take("tax.head", "sign-off", result="approve")
    return drive


def test_straight_through(drive):
    answered(drive)

    assert drive.take("firm1", "evaluate", solved="yes", rating=5, reasons=["fast"], text="谢谢") == "closed"


def test_the_lead_waits_for_the_co_units_opinion(drive):
    in_handling(drive, co_units=["env"])
    early = drive.post("tax.handler", "answer", outcome="solved", text="x")
    drive.take("env.liaison", "accept", handler="env.handler")
    drive.take("env.handler", "opinion", text="无意见")

    assert early.status_code == 409
    assert drive.take("tax.handler", "answer", outcome="solved", text="x") == "sign_off"


def test_send_back_is_decided_by_the_desk(drive):
    drive.take("desk1", "admit", **ADMIT)
    drive.take("desk1", "dispatch", lead_unit="tax", limit=7)
    asked = drive.take("tax.head", "send-back", reason="不属于我局职责", basis="三定方案", proposed_unit="finance")
    decided = drive.take("desk2", "send-back", result="approve")

    assert (asked, decided) == ("dispatched", "admitted")
    assert drive.post("tax.liaison", "accept", handler="tax.handler").status_code == 409
    assert drive.take("desk1", "dispatch", lead_unit="finance", limit=5) == "dispatched"


def test_sending_back_does_not_stop_the_clock(drive):
    """T09: a transfer keeps the clock."""
    drive.take("desk1", "admit", **ADMIT)
    drive.take("desk1", "dispatch", lead_unit="tax", limit=7)
    due = drive.issue.due_at
    drive.take("tax.head", "send-back", reason="不属于我局职责", basis="三定方案")
    with time_machine.travel(MONDAY + timedelta(days=1)):
        drive.take("desk2", "send-back", result="approve")
        drive.take("desk1", "dispatch", lead_unit="finance", limit=7)

    assert drive.issue.due_at == due


def test_a_unit_asks_once_only_to_send_back(drive):
    drive.take("desk1", "admit", **ADMIT)
    drive.take("desk1", "dispatch", lead_unit="tax", limit=7)
    drive.take("tax.head", "send-back", reason="不属于我局职责", basis="三定方案")
    drive.take("desk2", "send-back", result="decline", note="属于你局职责")

    assert drive.post("tax.head", "send-back", reason="再次", basis="三定").status_code == 409


def test_extension_by_the_desk_then_by_the_leader(drive):
    in_handling(drive)
    due = drive.issue.due_at.date()
    drive.take("tax.handler", "extend", reason="需上级批复", until=str(add_workdays(due, 3)), note="需要更多时间")
    assert drive.post("leader1", "extend", result="approve").status_code == 403
    drive.take("desk1", "extend", result="approve")
    assert drive.issue.due_at.date() == add_workdays(due, 3)

    drive.take("tax.handler", "extend", reason="仍需时间", until=str(add_workdays(due, 5)), note="还需要几天")
    assert drive.post("desk1", "extend", result="approve").status_code == 403
    drive.take("leader1", "extend", result="approve")

    assert drive.issue.due_at.date() == add_workdays(due, 5)


def test_an_extension_beyond_the_ceiling_is_refused_beside_the_field(drive):
    in_handling(drive)

    answer = drive.post("tax.handler", "extend", reason="x", until="2027-09-01", note="y")

    assert answer.status_code == 400
    assert "最迟" in answer.content.decode() or "latest" in answer.content.decode()


def test_suspension_moves_the_due_date_when_it_ends(drive):
    in_handling(drive)
    due = drive.issue.due_at.date()
    until = timezone.localdate() + timedelta(days=3)
    drive.take("tax.handler", "suspend", kind="firm", reason="等待企业补充材料", until=str(until))
    drive.take("desk1", "suspend", result="approve")
    assert drive.issue.suspended_until == until

    with time_machine.travel(MONDAY + timedelta(days=2)):
        drive.take("tax.handler", "resume")

    assert (drive.issue.suspended_until, drive.issue.due_at.date()) == (None, add_workdays(due, 2))


def test_dissatisfied_called_redone_and_closed(drive):
    answered(drive)
    assert drive.take("firm1", "evaluate", solved="no", rating=1, reasons=["result"]) == "callback"
    assert drive.post("tax.liaison", "call-back", result="redo", text="x").status_code == 403
    assert drive.take("caller1", "call-back", result="redo", text="企业表示没有解决") == "redo"
    assert drive.take("desk1", "redo", reason="result") == "dispatched"
    drive.take("tax.liaison", "accept", handler="tax.handler")
    drive.take("tax.handler", "answer", outcome="solved", text="第二次办理完毕")
    drive.take("tax.head", "sign-off", result="approve")

    assert drive.take("firm1", "evaluate", solved="yes", rating=4) == "closed"
    assert drive.issue.round == 2


def test_withdrawal_counts_only_after_the_call(drive):
    in_handling(drive)
    assert drive.take("firm1", "withdraw", reason="已自行解决") == "callback"

    assert drive.take("caller1", "call-back", result="withdrawn", text="企业确认自愿撤单") == "withdrawn"


def test_a_withdrawal_that_somebody_urged_goes_on_where_it_stood(drive):
    in_handling(drive)
    drive.take("firm1", "withdraw", reason="有人要求撤单")

    assert drive.take("caller1", "call-back", result="continue", text="企业说有人打电话要求撤单") == "handling"


def test_refusal_takes_two_desk_officers(drive):
    drive.take("desk1", "refuse", reason="court", text="请向人民法院提起诉讼")
    assert drive.post("desk1", "refuse", result="approve").status_code == 409

    assert drive.take("desk2", "refuse", result="approve") == "refused"


def test_tracking_with_milestones_and_a_next_report(drive):
    in_handling(drive)
    drive.take("tax.handler", "answer", outcome="planned", text="长期推进", until="2027-01-01")
    drive.take("tax.head", "track", text="分三步推进", milestones="2026-12-31 完成评估", until="2026-12-31")

    assert drive.take("desk1", "track", result="approve") == "tracking"
    assert drive.take("tax.handler", "progress", text="已完成评估", until="2027-03-31") == "tracking"


def test_other_steps_of_the_table(drive):
    in_handling(drive)
    drive.take("tax.handler", "contact", text="已联系", kind="phone")
    drive.take("desk1", "confer", co_units=["env", "finance"], held_on=str(timezone.localdate()), text="由财政局牵头")
    drive.take("leader1", "direct-line", text="请抓紧办理")
    drive.take("tax.handler", "answer", outcome="not_possible", text="暂不具备条件")

    assert drive.take("leader1", "end", basis="《民法典》", text="依法终止") == "ended"
    assert drive.issue.recheck_on is not None
    assert drive.take("desk1", "recheck", result="solved", text="企业已另行解决") == "ended"


def test_reopening_leads_to_a_call(drive):
    answered(drive)
    drive.take("firm1", "evaluate", solved="yes", rating=5)

    assert drive.take("firm1", "reopen", reason="问题又出现了") == "callback"


def test_every_page_of_the_issue_opens_for_everybody_who_may_see_it(drive):
    in_handling(drive, co_units=["env"])

    pages = {by: drive.get(by).status_code for by in drive.district.people}

    assert {by for by, status in pages.items() if status == 200} == {
        "firm1", "desk1", "desk2", "inspect1", "leader1", "leader.main",
        "tax.liaison", "tax.handler", "tax.head", "env.liaison", "env.handler", "env.head",
    }  # fmt: skip
    assert set(pages.values()) == {200, 404}


def test_conversation_and_notes(drive):
    in_handling(drive)
    assert drive.post("tax.handler", "message", text="请补充合同").status_code == 302
    assert drive.post("firm1", "message", text="已补充").status_code == 302
    assert drive.post("tax.handler", "note", text="内部意见").status_code == 302

    firm, unit = drive.get("firm1").content.decode(), drive.get("tax.head").content.decode()

    assert ("请补充合同" in firm, "内部意见" in firm, "内部意见" in unit) == (True, False, True)
    assert drive.post("firm1", "note", text="x").status_code == 403


def test_a_sensitive_firm_is_unknown_to_the_units(district):
    with time_machine.travel(MONDAY, tick=True):
        drive = Driver(district, submitted(district, sensitive=True, body="四川水木阳光农业有限公司 孙辉 需要帮助"))
        in_handling(drive)
        drive.post("firm1", "message", text="我是孙辉")

        unit, desk = drive.get("tax.handler").content.decode(), drive.get("desk1").content.decode()

    assert "水木阳光" not in unit
    assert "孙辉" not in unit
    assert "firm1氏" not in unit
    assert "水木阳光" in desk


def test_a_stale_form_is_refused(drive):
    drive.take("desk1", "admit", **ADMIT)
    version = Issue.objects.get().version
    drive.take("desk2", "dispatch", lead_unit="tax", limit=7)
    drive.take("tax.head", "send-back", reason="不是", basis="三定")
    drive.take("desk2", "send-back", result="approve")

    assert drive.post("desk1", "dispatch", lead_unit="env", limit=7, version=version).status_code == 409

"""The page of one issue: a fixed number of queries, nothing leaks, nothing is lost."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.actions.conversation import send_message
from tests.factories.issues import MONDAY, submitted, walk
from tests.issues.views.driver import Driver

MOST_QUERIES = 25


def queries_of(drive: Driver, by: str) -> int:
    client = drive.client(by)
    client.get(drive.issue.get_absolute_url())
    with CaptureQueriesContext(connection) as seen:
        assert client.get(drive.issue.get_absolute_url()).status_code == 200
    return len(seen)


@pytest.mark.parametrize("by", ["desk1", "firm1", "tax.handler", "leader1", "env.head", "inspect1"])
def test_queries_do_not_depend_on_how_much_there_is(district, by):
    drive = Driver(district, walk(district, submitted(district), "admit", "dispatch", "accept"))
    few = queries_of(drive, by)
    for _ in range(8):
        drive.post("tax.handler", "contact", text="再次联系")
        send_message(drive.issue, by=district["firm1"], now=MONDAY, text="补充")

    many = queries_of(drive, by)

    assert many == few
    assert many <= MOST_QUERIES


def test_a_rated_unit_does_not_see_who_rated_what(district):
    drive = Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept", "answer", "sign-off"))
    drive.take("firm1", "evaluate", solved="yes", rating=4, text="办事员小李很热情")

    assert "小李" not in drive.get("tax.head").content.decode()
    assert "小李" in drive.get("desk1").content.decode()


def test_the_firm_sees_which_unit_opened_its_issue_but_no_names(district):
    drive = Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept"))
    drive.get("tax.head")

    page = drive.get("firm1").content.decode()

    assert "区税务局 · 负责人" in page or "区税务局" in page
    assert "tax.head氏" not in page


def test_a_file_of_a_draft_answer_is_the_staffs_alone(district):
    drive = Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept"))
    paper = SimpleUploadedFile("批复.txt", "同意办理".encode())
    drive.take("tax.handler", "answer", outcome="solved", text="已办", evidence=paper)
    file = drive.issue.attachments.get()

    def status(by: str) -> int:
        return drive.get(by, f"attachments/{file.pk}").status_code

    assert [status(by) for by in ("tax.head", "desk1", "firm1", "stranger", "env.head")] == [200, 200, 404, 404, 404]
    drive.take("tax.head", "sign-off", result="approve")
    assert status("firm1") == 200


@pytest.mark.parametrize("address", ["2026-99", "1999-1", "2026-999999999"])
def test_a_number_that_is_nobodys_is_not_found(district, address):
    drive = Driver(district, submitted(district))

    assert drive.client("desk1").get(f"/issues/{address}/").status_code == 404


def test_what_was_typed_is_given_back_when_somebody_was_first(district):
    drive = Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept"))
    drive.take("tax.handler", "answer", outcome="solved", text="第一份答复")

    late = drive.post("tax.handler", "answer", outcome="solved", text="第二份答复")

    assert late.status_code == 409
    assert "第二份答复" in late.content.decode()
    assert "tax.handler氏" in late.content.decode()


def test_a_step_that_is_not_open_yet_blames_nobody(district):
    now = timezone.now()  # the co-unit still has time
    drive = Driver(district, walk(district, submitted(district, now), "admit", "dispatch", "accept", now=now))

    early = drive.client("tax.handler").get(f"/issues/{drive.issue.address}/answer/")

    assert early.status_code == 409
    assert "这一步现在不能办理" in early.content.decode()
    assert "已由" not in early.content.decode()


@pytest.mark.parametrize(
    ("page", "by", "fields"),
    [
        ("answer", "tax.handler", {"outcome": "planned", "text": "x"}),
        ("answer", "tax.handler", {"outcome": "unreasonable", "text": "x"}),
        ("answer", "tax.handler", {"outcome": "nonsense", "text": "x"}),
        ("answer", "tax.handler", {"outcome": "solved", "text": ""}),
        ("answer", "tax.handler", {"outcome": "solved", "text": "长" * 6000}),
        ("answer", "tax.handler", {"outcome": "solved", "text": "a\x00b"}),
        ("extend", "tax.handler", {"reason": "x", "until": "2020-01-01", "note": "y"}),
        ("extend", "tax.handler", {"reason": "x", "until": "不是日期", "note": "y"}),
        ("suspend", "tax.handler", {"kind": "firm", "reason": "x", "until": "2026-09-01"}),
        ("contact", "tax.handler", {"text": "   "}),
        ("confer", "desk1", {"co_units": ["nobody"], "held_on": "2026-09-01", "text": "x"}),
        ("withdraw", "firm1", {"reason": ""}),
        ("direct-line", "leader1", {"text": ""}),
    ],
)
def test_bad_input_gets_its_message_and_changes_nothing(district, page, by, fields):
    with time_machine.travel(MONDAY, tick=True):
        drive = Driver(district, walk(district, submitted(district), "admit", "dispatch-alone", "accept"))
        before = drive.issue.events.count()

        answer = drive.post(by, page, **fields)

    assert answer.status_code == 400
    assert "错误:" in answer.content.decode()
    assert drive.issue.events.count() == before

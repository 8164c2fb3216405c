"""Reports: sent, set aside, sorted, answered, rated; conflicts; clocks."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from issues.models import Issue, IssueEvent
from issues.related import related_to
from liaison.accounts.models import Duty, User
from liaison.audit.models import AuditEntry
from liaison.clocks.actions.acknowledging import climb_unacknowledged
from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock, Step
from liaison.notifications.models import Notification
from liaison.notifications.rendering import messages_of
from liaison.workflow import NotYourStep, StepNotOpen
from supervision.actions.handling import (
    NoFirm,
    answer_report,
    direct_report,
    follow_reports,
    order_for_report,
    rate_report,
    sort_report,
)
from supervision.actions.keeping import declare_interest
from supervision.actions.reporting import Tied, draft_of_form, send_report
from supervision.models import SUBJECT, Report
from supervision.reading import may_read
from tests.factories.enterprises import PersonFactory
from tests.factories.issues import person, submitted, unit, walk
from tests.factories.supervision import APPOINTED, answers, drafted, fresh, sent, supervisor
from tests.issues.views.driver import Driver

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.usefixtures("appointed_day")


@pytest.fixture
def appointed_day():
    with time_machine.travel(APPOINTED, tick=False):
        yield


@pytest.fixture
def discipline(district) -> User:
    body = unit("discipline", "区纪委监委", "discipline")
    return person("discipline.reception", (body, Duty.DISCIPLINE_RECEPTION))


def kinds_of(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def sort(d, report, sorting, **values):
    return sort_report(report, by=d["desk1"], now=APPOINTED + HOUR, sorting=sorting, text="已阅,转有关单位。", **values)


def test_a_report_waits_for_the_desk_with_a_clock(district):
    report = sent(district, supervisor(district))

    clock = Clock.objects.get(subject_kind=SUBJECT, subject_id=report.pk)
    assert (report.stage, clock.kind, report.due_at) == ("sent", "rep_sort", clock.due_at)
    assert clock.due_at.date().isoformat() == "2026-09-21"
    assert "supervision_report_sent" in kinds_of(district["desk1"])


def test_the_same_form_posted_again_finds_its_draft(district):
    row = supervisor(district)
    known = drafted(district, row)

    again = draft_of_form(known.key, {"subject": "改过的题目"}, by=fresh(row), now=APPOINTED)

    assert (again.pk, again.subject, Report.objects.count()) == (known.pk, "改过的题目", 1)


def test_the_key_of_somebody_elses_report_tells_nothing(district):
    theirs, row = sent(district, supervisor(district), touches_integrity=True), supervisor(district)

    mine = draft_of_form(theirs.key, answers(district), by=fresh(row), now=APPOINTED)

    assert (mine.author_id, mine.key != theirs.key, mine.stage) == (row.person_id, True, "draft")


def test_who_is_no_supervisor_writes_none(district):
    with pytest.raises(PermissionDenied):
        draft_of_form(drafted(district, supervisor(district)).key, answers(district), by=district["firm1"], now=APPOINTED)


def test_an_incomplete_draft_is_not_sent(district):
    row = supervisor(district)
    draft = drafted(district, row, facts="")

    with pytest.raises(StepNotOpen):
        send_report(draft, by=fresh(row), now=APPOINTED)


def test_passed_on_it_becomes_an_issue_of_the_enterprise_by_the_usual_way(district):
    row = supervisor(district)
    report = sent(district, row, enterprise=district.firm)

    sort(district, report, "issue")

    report.refresh_from_db()
    issue = report.issue
    assert (report.stage, issue.channel, issue.enterprise, issue.stage) == ("issue", "supervisor", district.firm, "submitted")
    assert kinds_of(row.person)[-1] == "supervision_report_sorted"
    assert "issue_entered_for_you" in kinds_of(district["firm1"])
    assert [each.url for each in related_to(issue, district["desk1"])] == [report.get_absolute_url()]
    assert related_to(issue, district["firm1"]) == []
    assert related_to(issue, district["tax.head"]) == []


def test_without_an_enterprise_there_is_no_issue(district):
    with pytest.raises(NoFirm):
        sort(district, sent(district, supervisor(district)), "issue")


def test_the_author_hears_when_the_issue_is_answered_once(district):
    row = supervisor(district)
    report = sent(district, row, enterprise=district.firm)
    sort(district, report, "issue")
    issue = Issue.objects.get()
    assert follow_reports(APPOINTED) == 0

    walk(district, issue, "admit", "dispatch-alone", "accept", "contact", "answer", "sign-off", now=APPOINTED + HOUR)

    assert (follow_reports(APPOINTED + 2 * HOUR), follow_reports(APPOINTED + 2 * HOUR)) == (1, 0)
    report.refresh_from_db()
    assert (report.stage, report.answer) == ("answered", "已协调办理。")
    assert kinds_of(row.person)[-1] == "supervision_report_answered"
    rate_report(report, by=fresh(row), now=APPOINTED + 3 * HOUR, rating=4)
    report.refresh_from_db()
    assert (report.stage, report.rating) == ("rated", 4)


def test_a_leader_answers_by_directive(district):
    row = supervisor(district)
    report = sort(district, sent(district, row), "leader", leader=district["leader1"])
    assert may_read(report, district["leader1"])
    with pytest.raises(NotYourStep):
        direct_report(report, by=district["leader.main"], now=APPOINTED, text="x", result="answer")

    direct_report(report, by=district["leader1"], now=APPOINTED + DAY, text="请税务局本周增开窗口。", result="answer")

    report.refresh_from_db()
    assert (report.stage, report.answer, report.due_at) == ("answered", "请税务局本周增开窗口。", None)


def test_a_leader_sends_the_inspection_office(district):
    report = sort(district, sent(district, supervisor(district)), "leader", leader=district["leader1"])

    direct_report(report, by=district["leader1"], now=APPOINTED, text="请督查室核实。", result="inspect")
    answer_report(report, by=district["inspect1"], now=APPOINTED + DAY, text="已核实并整改。")

    report.refresh_from_db()
    assert (report.stage, report.answer) == ("answered", "已核实并整改。")


def test_the_inspection_office_issues_an_order_by_the_usual_way(district):
    row = supervisor(district)
    issue = walk(district, submitted(district, now=APPOINTED), "admit", "dispatch-alone", "accept", now=APPOINTED)
    report = sort(district, sent(district, row), "inspection")

    order = order_for_report(
        report, by=district["inspect1"], now=APPOINTED, issue=issue, text="请三日内整改。", until=(APPOINTED + 3 * DAY).date()
    )

    report.refresh_from_db()
    assert (report.stage, report.order, report.issue_id) == ("ordered", order, issue.pk)
    assert IssueEvent.objects.filter(issue=issue, kind__startswith="supervision-").exists()
    assert follow_reports(APPOINTED) == 0


def test_what_is_only_noted_is_answered_at_once(district):
    report = sort(district, sent(district, supervisor(district)), "reference")

    assert (report.stage, report.answer) == ("answered", "已阅,转有关单位。")


@pytest.mark.parametrize("by", ["leader.main", "inspect1", "tax.head", "firm1", "admin.system"])
def test_only_the_desk_sorts(district, by):
    report = sent(district, supervisor(district))

    with pytest.raises(PermissionDenied):
        sort_report(report, by=district[by], now=APPOINTED, sorting="reference", text="x")


def test_a_report_is_sorted_once(district):
    report = sent(district, supervisor(district))
    sort(district, report, "reference")

    with pytest.raises(StepNotOpen):
        sort(district, report, "reference")


# --- integrity ----------------------------------------------------------------------------------------
def test_what_touches_integrity_is_seen_by_its_author_and_the_discipline_body_alone(district, discipline):
    row, other = supervisor(district), supervisor(district)
    report = sent(district, row, touches_integrity=True, enterprise=district.firm)

    readers = [user for user in User.objects.order_by("pk") if Report.objects.visible_to(user).exists()]

    assert report.set_aside
    assert readers == sorted([row.person, discipline], key=lambda user: user.pk)
    assert not may_read(report, other.person)


def test_what_is_set_aside_leaves_no_trace(district, discipline):
    """No clock, no message of a telling kind, no entry of the record, no event of any issue."""
    row = supervisor(district)
    before = AuditEntry.objects.count(), IssueEvent.objects.count()

    report = sent(district, row, touches_integrity=True, enterprise=district.firm)
    answer_report(report, by=discipline, now=APPOINTED, text="已受理。")

    assert not Clock.objects.filter(subject_kind=SUBJECT).exists()
    about = [kind for user in User.objects.exclude(pk=row.person.pk) for kind in kinds_of(user) if "report" in kind]
    assert about == []
    assert kinds_of(discipline) == ["confidential"]
    assert kinds_of(row.person)[-1] == "confidential"
    assert (AuditEntry.objects.count(), IssueEvent.objects.count()) == before


def test_messages_about_it_say_nothing_where_they_leave_the_portal(district, discipline):
    report = sent(district, supervisor(district), touches_integrity=True)

    message = messages_of(Notification.objects.filter(recipient=discipline))[0]

    assert message.is_sealed
    assert report.subject not in message.part("subject.txt", sealed=True) + message.part("body.txt", sealed=True)
    assert report.subject not in message.subject + message.text


def test_the_desk_cannot_sort_it_even_by_its_key(district, discipline):
    report = sent(district, supervisor(district), touches_integrity=True)

    with pytest.raises(PermissionDenied):
        sort(district, report, "reference")


# --- without a name -----------------------------------------------------------------------------------
def test_without_a_name_leaders_do_not_learn_who_wrote_it(district):
    row = supervisor(district)
    report = sort(district, sent(district, row, anonymous=True), "leader", leader=district["leader1"])

    message = messages_of(Notification.objects.filter(recipient=district["leader1"], kind="supervision_report_waits"))[0]

    assert row.person.name not in message.text + message.subject
    assert "监督员" in message.text or "supervisor" in message.text
    assert report.passed_text == "已阅,转有关单位。"


# --- conflicts ----------------------------------------------------------------------------------------
def test_a_report_on_ones_own_enterprise_becomes_its_ordinary_issue(district):
    row = supervisor(district, person=district["firm1"])

    report = sent(district, row, enterprise=district.firm)

    assert (report.stage, report.issue.enterprise, report.issue.channel) == ("converted", district.firm, "web")
    assert not Clock.objects.filter(subject_kind=SUBJECT).exists()
    assert "issue_submitted" in kinds_of(district["desk1"])
    assert "supervision_report_sent" not in kinds_of(district["desk1"])


def test_of_ones_own_enterprise_what_touches_integrity_goes_to_the_discipline_body(district, discipline):
    row = supervisor(district, person=district["firm1"])

    report = sent(district, row, enterprise=district.firm, touches_integrity=True)

    assert (report.stage, report.set_aside, Issue.objects.count()) == ("sent", True, 0)
    assert may_read(report, fresh(row))
    answer_report(report, by=discipline, now=APPOINTED, text="已受理。")
    with pytest.raises(NotYourStep):
        rate_report(report, by=fresh(row), now=APPOINTED, rating=5)


@pytest.mark.parametrize("tie", ["competitor", "relative", "own"])
def test_a_report_on_a_declared_enterprise_is_refused(district, tie):
    row = supervisor(district)
    declare_interest(row, by=row.person, now=APPOINTED, enterprise=district.firm, tie=tie)
    draft = drafted(district, row, enterprise=district.firm)

    with pytest.raises(Tied) as refused:
        send_report(draft, by=fresh(row), now=APPOINTED)
    draft.refresh_from_db()
    assert (refused.value.own, draft.stage) == (tie == "own", "draft")


def test_an_interest_declared_later_hides_the_report_from_its_author(district):
    row = supervisor(district)
    report = sent(district, row, enterprise=district.firm)
    sort(district, report, "reference")

    declare_interest(row, by=district["desk1"], now=APPOINTED, enterprise=district.firm, tie="relative")

    author = fresh(row)
    assert not Report.objects.visible_to(author).exists()
    with pytest.raises(PermissionDenied):
        rate_report(report, by=author, now=APPOINTED, rating=5)


def test_visible_to_and_may_read_agree_for_everybody(district, discipline):
    first, second = supervisor(district), supervisor(district, person=district["firm2"])
    declare_interest(first, by=first.person, now=APPOINTED, enterprise=district.other_firm, tie="competitor")
    drafted(district, first, enterprise=district.other_firm)
    sent(district, first, touches_integrity=True)
    sent(district, first, anonymous=True, enterprise=district.firm)
    sort(district, sent(district, first), "leader", leader=district["leader1"])
    sent(district, second, enterprise=district.firm)
    sent(district, second, enterprise=district.other_firm)
    PersonFactory()

    for user in User.objects.order_by("pk"):
        seen = set(Report.objects.visible_to(user))
        assert seen == {report for report in Report.objects.all() if may_read(report, User.objects.get(pk=user.pk))}, user


# --- clocks -------------------------------------------------------------------------------------------
def test_a_report_nobody_sorts_climbs_to_the_main_leaders(district):
    report = sent(district, supervisor(district), anonymous=True)

    for day in range(30):
        now = APPOINTED + day * DAY
        with time_machine.travel(now, tick=False):
            climb(now)

    for by in ("desk1", "inspect1", "leader.main"):
        assert "supervision_report_rung" in kinds_of(district[by]), by
    assert report.events.filter(kind="rung").exists()
    assert "supervision_report_rung" not in kinds_of(report.author)


def test_who_was_told_acknowledges_on_the_page_of_the_report(district):
    report = sent(district, supervisor(district))
    rung = Step.objects.filter(clock__subject_kind=SUBJECT).order_by("due_at").first()
    with time_machine.travel(rung.due_at, tick=False):
        climb(rung.due_at)
        desk, other = (Driver(district, None).client(by) for by in ("desk1", "leader.main"))
        address = f"/supervision/reports/{report.key}/rungs/{rung.pk}/acknowledge/"
        before, refused = desk.get(report.get_absolute_url()).content.decode(), other.post(address)
        done, again = desk.post(address), desk.post(address)
        after = desk.get(report.get_absolute_url()).content.decode()

    rung.refresh_from_db()
    assert (address in before, address in after) == (True, False)
    assert (refused.status_code, done.status_code, again.status_code) == (403, 302, 302)
    assert rung.acknowledged_by == district["desk1"]


def test_what_nobody_acknowledges_is_told_further_up_once(district):
    report = sent(district, supervisor(district))
    rung = Step.objects.filter(clock__subject_kind=SUBJECT).order_by("due_at").first()
    with time_machine.travel(rung.due_at, tick=False):
        climb(rung.due_at)
    rung.refresh_from_db()
    later = rung.acknowledge_by + HOUR
    with time_machine.travel(later, tick=False):
        first, second = climb_unacknowledged(later), climb_unacknowledged(later)
        told = Notification.objects.filter(kind="supervision_report_unheard", context__report=report.pk)
        words = messages_of(told.order_by("pk"))[0]

    assert (first, second, told.exists()) == (1, 0, True)
    assert report.subject in words.subject
    assert report.author.pk not in {row.recipient_id for row in told}


def test_sorting_ends_the_clock_in_time(district):
    report = sent(district, supervisor(district))
    sort(district, report, "reference")

    clock = Clock.objects.get(subject_kind=SUBJECT)
    assert (clock.outcome, clock.ended_at) == ("met", APPOINTED + HOUR)
    report.refresh_from_db()
    assert report.due_at is None

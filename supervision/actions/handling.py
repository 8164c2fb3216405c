"""Reports sorted, directed, ordered, answered, rated; and what they led to followed."""

import logging
from datetime import date, datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from issues.actions.supervision import supervise_issue
from issues.enums import TERMINAL, Channel, SupervisionStage
from issues.models import Answer, Issue, SupervisionOrder
from liaison.accounts.models import Duty, Unit, User
from liaison.accounts.rights import hats_of
from liaison.notifications.actions import notify
from supervision import notices
from supervision.actions.reporting import make_issue
from supervision.actions.step import begin_report, finish_report, write_report_event
from supervision.enums import ReportStage, Sorting
from supervision.models import Report
from supervision.reading import is_apart
from supervision.timing import keep_clock

logger = logging.getLogger(__name__)
STAGE_OF: Final = {
    Sorting.ISSUE: ReportStage.ISSUE,
    Sorting.LEADER: ReportStage.LEADER,
    Sorting.INSPECTION: ReportStage.INSPECTION,
    Sorting.REFERENCE: ReportStage.ANSWERED,
}


class NoFirm(Exception):  # noqa: N818 - an answer to the desk, not a fault
    """Only what concerns an enterprise can become an issue."""


@transaction.atomic
def sort_report(
    report: Report,
    *,
    by: User,
    now: datetime,
    sorting: str,
    text: str,
    leader: User | None = None,
    version: int | None = None,
) -> Report:
    """The desk decides what becomes of it; ``text`` is all that is passed on of a report without a name."""
    report = begin_report("sort", report, by, now, version)
    kind = Sorting(sorting)
    _refuse_who_is_near(report, kind, leader)
    report.sorting, report.sorted_at, report.passed_text = kind, now, text
    fields = ["sorting", "sorted_at", "passed_text"]
    if kind == Sorting.ISSUE:
        report.issue = _issue_of(report, text, by, now)
        fields.append("issue")
    elif kind == Sorting.LEADER:
        report.leader = leader
        fields.append("leader")
    elif kind == Sorting.REFERENCE:
        report.answer, report.answered_at = text, now
        fields += ["answer", "answered_at"]
    event = finish_report("sort", report, by, now, to=STAGE_OF[kind], fields=fields, sorting=kind.value)
    notify(notices.to_author(event, "report_answered" if kind == Sorting.REFERENCE else "report_sorted"), now=now)
    if kind in {Sorting.LEADER, Sorting.INSPECTION}:
        notify(notices.to_responsible(event, "report_waits"), now=now)
    return report


def _refuse_who_is_near(report: Report, kind: Sorting, leader: User | None) -> None:
    """Nothing goes to officials of the unit observed."""
    if kind == Sorting.INSPECTION and not notices.inspectors_of(report):
        raise PermissionDenied
    if kind == Sorting.LEADER and (leader is None or not is_apart(report, leader)):
        raise PermissionDenied


def _issue_of(report: Report, text: str, by: User, now: datetime) -> Issue:
    if report.enterprise is None:
        raise NoFirm
    hat = next((hat for hat in hats_of(by).hats if hat.duty == Duty.DESK), None)
    if hat is None:  # the inspection office in the place of the desk: it has its own orders
        raise PermissionDenied
    desk = Unit.objects.get(pk=hat.unit_id)
    return make_issue(report, report.enterprise, text, by=by, now=now, channel=Channel.SUPERVISOR, unit=desk)


@transaction.atomic
def direct_report(report: Report, *, by: User, now: datetime, text: str, result: str, version: int | None = None) -> Report:
    """The leader's directive answers the supervisor, or sends the inspection office after it."""
    report = begin_report("direct", report, by, now, version)
    if result == "inspect":
        _refuse_who_is_near(report, Sorting.INSPECTION, None)
        event = finish_report("direct", report, by, now, to=ReportStage.INSPECTION, text=text)
        notify(notices.to_responsible(event, "report_waits"), now=now)
        return report
    return _answer("direct", report, by, now, text)


@transaction.atomic
def answer_report(report: Report, *, by: User, now: datetime, text: str, version: int | None = None) -> Report:
    """The inspection office, or the discipline body, tells the supervisor what was found."""
    return _answer("answer", begin_report("answer", report, by, now, version), by, now, text)


def _answer(name: str, report: Report, by: User, now: datetime, text: str) -> Report:
    report.answer, report.answered_at = text, now
    event = finish_report(name, report, by, now, to=ReportStage.ANSWERED, fields=["answer", "answered_at"], text=text)
    notify(notices.to_author(event, "report_answered"), now=now)
    return report


@transaction.atomic
def order_for_report(
    report: Report, *, by: User, now: datetime, issue: Issue, text: str, until: date, version: int | None = None
) -> SupervisionOrder:
    """A supervision order on the issue that the report is about, by the same way as any other."""
    report = begin_report("order", report, by, now, version)
    order = supervise_issue(issue, by=by, now=now, text=text, until=until)
    report.order, report.issue = order, order.issue
    event = finish_report("order", report, by, now, to=ReportStage.ORDERED, fields=["order", "issue"])
    notify(notices.to_author(event, "report_sorted"), now=now)
    return order


@transaction.atomic
def rate_report(report: Report, *, by: User, now: datetime, rating: int, text: str = "", version: int | None = None) -> Report:
    """The supervisor says how satisfied they are with what became of it."""
    report = begin_report("rate", report, by, now, version)
    report.rating, report.rating_text = rating, text
    event = finish_report("rate", report, by, now, fields=["rating", "rating_text"], text=text, rating=rating)
    notify(notices.report_rated(event), now=now)
    return report


# --- time ---------------------------------------------------------------------------------------------
def follow_reports(now: datetime) -> int:
    """Tell authors whose issue was answered or whose supervision order was closed; found by state, so it may run twice."""
    waiting = Report.objects.filter(stage__in=[ReportStage.ISSUE, ReportStage.ORDERED]).order_by("pk")
    done = 0
    for report in waiting.select_related("issue", "order").iterator():
        if _ending_of(report) is None:
            continue
        try:
            done += _follow(report.pk, now)
        except Exception:  # one report must not silence the others
            logger.exception("Following a report failed", extra={"report": report.pk})
    return done


@transaction.atomic
def _follow(pk: int, now: datetime) -> int:
    rows = Report.objects.select_for_update(no_key=True, of=("self",), skip_locked=True).select_related("issue", "order")
    report = rows.filter(pk=pk, stage__in=[ReportStage.ISSUE, ReportStage.ORDERED]).first()
    if report is None or (ending := _ending_of(report)) is None:
        return 0
    report.stage, report.answer, report.answered_at = ReportStage.ANSWERED, ending, now
    report.version += 1
    keep_clock(report, now, None)
    report.save(update_fields=["stage", "answer", "answered_at", "version", "due_at"])
    event = write_report_event("followed", report, None, now)
    notify(notices.to_author(event, "report_answered"), now=now)
    return 1


def _ending_of(report: Report) -> str | None:
    """What the author reads when it is done: the signed answer, or the inspector's closing note; None before."""
    if report.stage == ReportStage.ORDERED:
        assert report.order is not None  # a database constraint says so
        return report.order.closing_note if report.order.stage == SupervisionStage.CLOSED else None
    issue = report.issue
    assert issue is not None
    if issue.answered_at is None and issue.stage not in TERMINAL:
        return None
    signed = Answer.objects.filter(issue=issue, signed_at__isnull=False).order_by("-pk").first()
    return signed.text if signed else str(issue.get_stage_display())

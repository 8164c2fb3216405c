"""The end of the loop: evaluation, call-back, withdrawal, reopening, re-check."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from issues import notices
from issues.actions.escalating import escalate_dissatisfaction, escalate_false_closing
from issues.actions.handling import recheck_day
from issues.actions.step import begin, finish, void_petitions
from issues.enums import LIVE_ORDERS, UNSOLVED, CallResult, OrderState, Outcome, Recheck, Stage
from issues.guards import possible_results
from issues.models import CallBack, Evaluation, Issue, IssueEvent
from issues.workflow import ISSUE_FLOW
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workflow import StepNotOpen


@transaction.atomic
def evaluate_issue(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    solved: str,
    rating: int,
    reasons: Iterable[str] = (),
    text: str = "",
    version: int | None = None,
) -> Issue:
    """The firm judges; a dissatisfied one is called back by somebody independent."""
    issue = begin("evaluate", issue, by, now, version)
    evaluation = Evaluation.objects.create(
        issue=issue, round=issue.round, solved=solved, rating=rating, reasons=list(reasons), text=text, by=by, at=now
    )
    if not evaluation.is_satisfied:
        escalate_dissatisfaction(issue, now)
        event = finish("evaluate", issue, by, now, to=Stage.CALLBACK, text=text, rating=rating, solved=solved)
        notify(notices.to_callers(event, "call_back_due"), now=now)
        notify(notices.to_desk(event, "dissatisfied"), now=now)
        return issue
    _close(issue, now)
    event = finish("evaluate", issue, by, now, to=Stage.CLOSED, fields=CLOSING, text=text, rating=rating, solved=solved)
    notify(notices.to_lead(event, "closed"), now=now)
    return issue


CLOSING = ("closed_at", "recheck_on", "stage_before", "suspended_until")


def _close(issue: Issue, now: datetime) -> None:
    """Closed is not solved: unsolved and planned ones stay in a ledger."""
    issue.closed_at = now
    issue.stage_before = ""
    issue.suspended_until = None  # withdrawn in the middle of a pause: nothing is left to resume
    issue.recheck_on = recheck_day(now) if issue.outcome in UNSOLVED else None
    void_petitions(issue)


class ResultNotPossible(StepNotOpen):
    """The result does not fit what the call was about."""


@transaction.atomic
def call_back(issue: Issue, *, by: User, now: datetime, result: str, text: str, version: int | None = None) -> Issue:
    """Somebody outside the handling units has called; nobody reached is never counted as satisfied."""
    issue = begin("call-back", issue, by, now, version)
    if result not in possible_results(issue):
        raise ResultNotPossible(
            ISSUE_FLOW["call-back"], issue, _("The firm has acted meanwhile; the call is about something else now.")
        )
    CallBack.objects.create(issue=issue, round=issue.round, result=result, text=text, by=by, at=now)
    to = {
        CallResult.CLOSED: Stage.CLOSED,
        CallResult.REDO: Stage.REDO,
        CallResult.WITHDRAWN: Stage.WITHDRAWN,
        CallResult.CONTINUE: issue.stage_before,
        CallResult.UNREACHED: issue.stage,
    }[CallResult(result)]
    if result in {CallResult.CLOSED, CallResult.WITHDRAWN}:
        _close(issue, now)
    elif result == CallResult.CONTINUE:
        issue.stage_before = ""
    if result == CallResult.WITHDRAWN:
        issue.orders.filter(state__in=LIVE_ORDERS).update(state=OrderState.CANCELLED)
    if result == CallResult.REDO:
        escalate_false_closing(issue, now)
    event = finish(
        "call-back", issue, by, now, to=to, fields=CLOSING, text=text, internal=result == CallResult.UNREACHED, result=result
    )
    _tell(event, CallResult(result), now)
    return issue


def _tell(event: IssueEvent, result: CallResult, now: datetime) -> None:
    if result == CallResult.UNREACHED:
        return
    notify(notices.to_firm(event, f"called_{result}"), now=now)
    if result == CallResult.REDO:
        notify(notices.to_desk(event, "redo_due"), now=now)
    else:
        notify(notices.to_lead(event, f"called_{result}_unit"), now=now)


@transaction.atomic
def withdraw_issue(issue: Issue, *, by: User, now: datetime, reason: str, version: int | None = None) -> Issue:
    """The firm takes it back; it counts only after a call has confirmed that nobody asked for it."""
    issue = begin("withdraw", issue, by, now, version)
    issue.stage_before = issue.stage
    event = finish("withdraw", issue, by, now, fields=["stage_before"], text=reason)
    notify(notices.to_callers(event, "call_back_due"), now=now)
    notify(notices.to_desk(event, "withdrawal_asked"), now=now)
    if issue.lead_unit_id:
        notify(notices.to_lead(event, "withdrawal_asked"), now=now)
    return issue


@transaction.atomic
def reopen_issue(issue: Issue, *, by: User, now: datetime, reason: str, version: int | None = None) -> Issue:
    """The firm says that it is not settled after all."""
    issue = begin("reopen", issue, by, now, version)
    issue.closed_at, issue.recheck_on, issue.stage_before = None, None, ""
    event = finish("reopen", issue, by, now, fields=["closed_at", "recheck_on", "stage_before"], text=reason)
    notify(notices.to_callers(event, "call_back_due"), now=now)
    notify(notices.to_desk(event, "reopened"), now=now)
    return issue


@transaction.atomic
def recheck_issue(issue: Issue, *, by: User, now: datetime, result: str, text: str, version: int | None = None) -> Issue:
    """The desk looks again at what was left unsolved or planned."""
    issue = begin("recheck", issue, by, now, version)
    solved = result == Recheck.SOLVED
    issue.recheck_on = None if solved else recheck_day(now)
    fields = ["recheck_on"]
    if solved:
        issue.outcome = Outcome.SOLVED
        fields.append("outcome")
    event = finish("recheck", issue, by, now, fields=fields, text=text, internal=not solved, result=result)
    if solved:
        notify(notices.to_firm(event, "solved_since"), now=now)
    return issue

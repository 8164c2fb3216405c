"""The desk's first look: admit, refuse by two persons, answer at once, merge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from issues import notices
from issues.actions.step import begin, decide, finish, void_petitions, write_event
from issues.enums import Outcome, PetitionKind, Stage
from issues.guards import GIVES_AWAY
from issues.models import Answer, Category, Issue, Petition
from issues.permissions import may_view
from issues.workflow import ISSUE_FLOW
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workdays import portal
from liaison.workflow import StepNotOpen


@transaction.atomic
def admit_issue(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    category: Category,
    nature: str,
    kind: str,
    urgency: str,
    note: str = "",
    version: int | None = None,
) -> Issue:
    """Take the matter on, classified."""
    issue = begin("admit", issue, by, now, version)
    issue.category, issue.nature, issue.kind, issue.urgency = category, nature, kind, urgency
    void_petitions(issue)
    event = finish("admit", issue, by, now, fields=["category", "nature", "kind", "urgency"], text=note)
    notify(notices.to_firm(event, "admitted"), now=now)
    return issue


@transaction.atomic
def propose_refusal(issue: Issue, *, by: User, now: datetime, reason: str, text: str, version: int | None = None) -> Issue:
    """Ask a second desk officer to agree that the matter cannot be admitted."""
    issue = begin("propose-refusal", issue, by, now, version)
    Petition.objects.create(
        issue=issue, kind=PetitionKind.REFUSAL, round=issue.round, asked_by=by, asked_at=now, reason=reason, text=text
    )
    event = finish("propose-refusal", issue, by, now, text=text, reason=reason)
    notify(notices.to_desk(event, "refusal_proposed"), now=now)
    return issue


@transaction.atomic
def confirm_refusal(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """The second desk officer's decision; the firm is told the ground and the legal route."""
    issue = begin("confirm-refusal", issue, by, now, version)
    petition = Petition.objects.get(issue=issue, kind=PetitionKind.REFUSAL, state="pending")
    to = Stage.REFUSED if result == "approve" else Stage.SUBMITTED
    if to == Stage.REFUSED:
        issue.closed_at = now
    event = finish(
        "confirm-refusal", issue, by, now, to=to, fields=["closed_at"], text=petition.text if to == Stage.REFUSED else note,
        internal=to != Stage.REFUSED, reason=petition.reason, result=result,
    )  # fmt: skip
    decide(issue, PetitionKind.REFUSAL, by, now, result, note)
    if to == Stage.REFUSED:
        notify(notices.to_firm(event, "refused"), now=now)
    else:
        notify(notices.to_desk(event, "refusal_declined"), now=now)
    return issue


@transaction.atomic
def answer_at_once(issue: Issue, *, by: User, now: datetime, text: str, version: int | None = None) -> Issue:
    """The desk answers a question that needs no unit."""
    issue = begin("answer-at-once", issue, by, now, version)
    Answer.objects.create(
        issue=issue, round=issue.round, outcome=Outcome.EXPLAINED, text=text, by=by, at=now, signed_by=by, signed_at=now
    )
    issue.outcome, issue.answered_at = Outcome.EXPLAINED, now
    void_petitions(issue)
    event = finish("answer-at-once", issue, by, now, fields=["outcome", "answered_at"], text=text)
    notify(notices.to_firm(event, "answered"), now=now)
    return issue


class CannotMerge(StepNotOpen):
    """The other issue is not one that this one can join."""


@transaction.atomic
def merge_issue(issue: Issue, *, by: User, now: datetime, into: Issue, note: str = "", version: int | None = None) -> Issue:
    """Join a repeated matter of the same firm to the one that goes on."""
    portal.hold()
    for pk in sorted({issue.pk, into.pk}):  # always in one order, or two merges could wait for each other
        Issue.objects.select_for_update(no_key=True).get(pk=pk)
    issue = begin("merge", issue, by, now, version)
    into.refresh_from_db()
    if into.pk == issue.pk or into.enterprise_id != issue.enterprise_id or not into.is_open or not may_view(into, by):
        raise CannotMerge(ISSUE_FLOW["merge"], issue, _("The issue it was to join is not open any more."))
    if into.sensitive != issue.sensitive:  # each shows the other's number, and only one of them may show the firm
        raise CannotMerge(ISSUE_FLOW["merge"], issue, GIVES_AWAY)
    issue.merged_into, issue.closed_at = into, now
    void_petitions(issue)
    event = finish("merge", issue, by, now, fields=["merged_into", "closed_at"], text=note, into=into.number)
    write_event("merge-here", into, by, now, text=note, merged=issue.number)
    notify(notices.to_firm(event, "merged"), now=now)
    return issue

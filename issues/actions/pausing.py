"""More time and standing still: extension, suspension, resumption."""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from issues import notices
from issues.actions.files import File, attach
from issues.actions.step import begin, decide, finish, lock, write_event
from issues.deadlines import moved_by_pause
from issues.enums import LIVE_ORDERS, OrderRole, PetitionKind, PetitionState
from issues.models import Issue, Petition
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workdays import ZONE, end_of

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_extension(
    issue: Issue, *, by: User, now: datetime, reason: str, until: date, note: str, version: int | None = None
) -> Issue:
    """The unit asks for more time; the firm will read ``note``."""
    issue = begin("ask-extension", issue, by, now, version)
    Petition.objects.create(
        issue=issue, kind=PetitionKind.EXTENSION, round=issue.round, unit=issue.lead_unit, asked_by=by, asked_at=now,
        reason=reason, until=until, note=note,
    )  # fmt: skip
    event = finish("ask-extension", issue, by, now, text=reason, until=until.isoformat())
    first = not issue.petitions.filter(kind=PetitionKind.EXTENSION, state=PetitionState.APPROVED, round=issue.round).exists()
    told = notices.to_desk if first else notices.to_leaders_in_charge
    notify(told(event, "extension_asked"), now=now)
    return issue


@transaction.atomic
def decide_extension(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """The desk (first time) or the leader in charge (second) gives more time, or not."""
    issue = begin("decide-extension", issue, by, now, version)
    petition = Petition.objects.get(issue=issue, kind=PetitionKind.EXTENSION, state=PetitionState.PENDING)
    assert petition.until is not None
    approved = result == "approve"
    old = issue.due_at
    if approved:
        # A pause may have moved the date beyond the one that was asked for: more time never becomes less.
        _move_due(issue, max(end_of(petition.until), old or end_of(petition.until)))
    event = finish(
        "decide-extension", issue, by, now, fields=["due_at"], text=petition.note if approved else note, internal=not approved,
        result=result, old=old.isoformat() if old else "", new=issue.due_at.isoformat() if issue.due_at else "",
    )  # fmt: skip
    decide(issue, PetitionKind.EXTENSION, by, now, result, note)
    notify(notices.to_lead(event, "extension_decided"), now=now)
    if approved:
        notify(notices.to_firm(event, "extended"), now=now)
    return issue


@transaction.atomic
def ask_suspension(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    kind: str,
    reason: str,
    until: date,
    evidence: Iterable[File] = (),
    version: int | None = None,
) -> Issue:
    """The unit asks to stand still while it waits for the firm or for a legal procedure."""
    issue = begin("ask-suspension", issue, by, now, version)
    Petition.objects.create(
        issue=issue, kind=PetitionKind.SUSPENSION, round=issue.round, unit=issue.lead_unit, asked_by=by, asked_at=now,
        reason=reason, basis=kind, until=until,
    )  # fmt: skip
    attach(issue, evidence, by=by, now=now, internal=True)
    event = finish("ask-suspension", issue, by, now, text=reason, kind_of_wait=kind, until=until.isoformat())
    notify(notices.to_desk(event, "suspension_asked"), now=now)
    return issue


@transaction.atomic
def decide_suspension(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """The desk lets the clock stand still until a day, or not."""
    issue = begin("decide-suspension", issue, by, now, version)
    petition = Petition.objects.get(issue=issue, kind=PetitionKind.SUSPENSION, state=PetitionState.PENDING)
    approved = result == "approve"
    if approved:
        issue.suspended_until = petition.until
    event = finish(
        "decide-suspension", issue, by, now, fields=["suspended_until"], text=petition.reason if approved else note,
        internal=not approved, result=result, kind_of_wait=petition.basis,
        until=petition.until.isoformat() if petition.until else "",
    )  # fmt: skip
    decide(issue, PetitionKind.SUSPENSION, by, now, result, note)
    notify(notices.to_lead(event, "suspension_decided"), now=now)
    if approved:
        notify(notices.to_firm(event, "suspended"), now=now)
    return issue


@transaction.atomic
def resume_issue(issue: Issue, *, by: User, now: datetime, note: str = "", version: int | None = None) -> Issue:
    """What was waited for has come."""
    issue = begin("resume", issue, by, now, version)
    old, new = _resume(issue, now)
    event = finish("resume", issue, by, now, fields=["suspended_until"], text=note, old=old, new=new)
    notify(notices.to_firm(event, "resumed"), now=now)
    notify(notices.to_lead(event, "resumed"), now=now)
    return issue


def resume_suspended(now: datetime) -> int:
    """Resume what reached the end of its suspension; found by state, safe to run twice or beside itself."""
    today = now.astimezone(ZONE).date()
    resumed = 0
    for pk in list(Issue.objects.filter(suspended_until__lt=today).values_list("pk", flat=True)):
        try:
            resumed += _resume_by_itself(pk, now)
        except Exception:  # one bad issue must not hold up the others
            logger.exception("Could not resume issue %s", pk)
    return resumed


@transaction.atomic
def _resume_by_itself(pk: int, now: datetime) -> bool:
    issue = lock(Issue(pk=pk))
    if issue.suspended_until is None or issue.suspended_until >= now.astimezone(ZONE).date():
        return False
    old, new = _resume(issue, now)
    issue.version += 1
    issue.save(update_fields=["suspended_until", "version"])
    event = write_event("resume-by-itself", issue, None, now, old=old, new=new)
    notify(notices.to_firm(event, "resumed"), now=now)
    notify(notices.to_lead(event, "resumed"), now=now)
    return True


def _resume(issue: Issue, now: datetime) -> tuple[str, str]:
    """Move the due moment by the working days that stood still; returns the old and the new one."""
    petition = issue.petitions.filter(kind=PetitionKind.SUSPENSION, state=PetitionState.APPROVED).latest("pk")
    assert petition.decided_at is not None
    assert issue.due_at is not None
    assert issue.suspended_until is not None
    old = issue.due_at
    until = min(now.astimezone(ZONE).date(), issue.suspended_until)
    _move_due(issue, moved_by_pause(old, petition.decided_at.astimezone(ZONE).date(), until))
    issue.suspended_until = None
    return old.isoformat(), issue.due_at.isoformat()


def _move_due(issue: Issue, due_at: datetime) -> None:
    """The issue's date and its lead order's date are one."""
    issue.due_at = due_at
    issue.save(update_fields=["due_at"])
    issue.orders.filter(round=issue.round, role=OrderRole.LEAD, state__in=LIVE_ORDERS).update(due_at=due_at)

"""More time and standing still: extension, suspension, resumption."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction

from issues import notices
from issues.actions.files import File, attach
from issues.actions.step import begin, decide, finish, lock, write_event
from issues.enums import PetitionKind, PetitionState
from issues.models import Issue, Petition
from issues.timing import extend_answer, keep_clocks
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workdays import ZONE

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
    decide(issue, PetitionKind.EXTENSION, by, now, result, note)
    if approved:
        extend_answer(issue, petition.until, now, by)
    event = finish(
        "decide-extension", issue, by, now, fields=["due_at"], text=petition.note if approved else note, internal=not approved,
        result=result, old=old.isoformat() if old else "", new=issue.due_at.isoformat() if issue.due_at else "",
    )  # fmt: skip
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
    decide(issue, PetitionKind.SUSPENSION, by, now, result, note)
    if approved:
        issue.suspended_until = petition.until
    event = finish(
        "decide-suspension", issue, by, now, fields=["suspended_until"], text=petition.reason if approved else note,
        internal=not approved, result=result, kind_of_wait=petition.basis,
        until=petition.until.isoformat() if petition.until else "",
    )  # fmt: skip
    notify(notices.to_lead(event, "suspension_decided"), now=now)
    if approved:
        notify(notices.to_firm(event, "suspended"), now=now)
    return issue


@transaction.atomic
def resume_issue(issue: Issue, *, by: User, now: datetime, note: str = "", version: int | None = None) -> Issue:
    """What was waited for has come."""
    issue = begin("resume", issue, by, now, version)
    old, new = _resume(issue, now, by)
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


def _resume(issue: Issue, now: datetime, by: User | None = None) -> tuple[str, str]:
    """Let the clocks run again, at the latest from the end of the last day on; the answer's old and new due moment."""
    assert issue.due_at is not None
    assert issue.suspended_until is not None
    old = issue.due_at
    after_last_day = datetime.combine(issue.suspended_until + timedelta(days=1), time.min, ZONE)
    issue.suspended_until = None
    issue.save(update_fields=["suspended_until"])
    keep_clocks(issue, now, by, resumed_at=min(now, after_last_day))
    return old.isoformat(), issue.due_at.isoformat()

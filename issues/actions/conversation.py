"""What is said: to the firm and by it, and among staff."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from issues import notices
from issues.actions.files import File, attach
from issues.actions.step import lock, write_event
from issues.enums import OPEN, Side
from issues.models import Issue, Message, Opening
from issues.permissions import Standing, is_staff_side, may_view, standings
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.notifications.actions import notify
from liaison.workflow import Flow, Step

TALKERS = frozenset(
    {
        Standing.FIRM,
        Standing.DESK,
        Standing.LEAD_LIAISON,
        Standing.LEAD_HANDLER,
        Standing.LEAD_HEAD,
        Standing.CO_LIAISON,
        Standing.CO_MEMBER,
    }
)


def may_talk(issue: Issue, user: User) -> bool:
    """Whether ``user`` may write to the firm, or as the firm."""
    return bool(standings(issue, user) & TALKERS)


TALK: Flow[Issue] = Flow(
    Step("message", OPEN, (), may_talk, "Message"),
    Step("note", frozenset(OPEN), (), is_staff_side, "Internal note"),
)


@transaction.atomic
def send_message(issue: Issue, *, by: User, now: datetime, text: str, files: Iterable[File] = ()) -> Message:
    """Say something to the firm, or as the firm to those who handle its matter."""
    issue = lock(issue)
    _check("message", issue, by, now)
    message = _write(issue, by, now, text, internal=False)
    attach(issue, files, by=by, now=now, message=message)
    event = write_event("message", issue, by, now, message=message.pk)
    if message.side == Side.FIRM:
        notify(notices.to_desk(event, "message_from_firm"), now=now)
        notify(notices.to_lead(event, "message_from_firm"), now=now)
    else:
        notify(notices.to_firm(event, "message_to_firm"), now=now)
    return message


@transaction.atomic
def write_note(issue: Issue, *, by: User, now: datetime, text: str) -> Message:
    """Leave a note that only staff can read."""
    issue = lock(issue)
    _check("note", issue, by, now)
    message = _write(issue, by, now, text, internal=True)
    write_event("note", issue, by, now, message=message.pk)
    return message


def _check(name: str, issue: Issue, by: User, now: datetime) -> None:
    if not may_view(issue, by):
        raise PermissionDenied
    TALK.check(name, issue, by, now)


def _write(issue: Issue, by: User, now: datetime, text: str, *, internal: bool) -> Message:
    held = standings(issue, by)
    staff = bool(held - {Standing.FIRM})
    side = Side.FIRM if not staff else Side.DESK if Standing.DESK in held else Side.UNIT
    hat = next(iter(hats_of(by).hats), None) if staff else None
    return Message.objects.create(
        issue=issue, author=by, side=side, unit_id=hat.unit_id if hat else None, internal=internal, text=text, at=now
    )


def record_opening(issue: Issue, *, by: User, now: datetime) -> None:
    """Note which official has opened the issue; the firm sees unit, duty and time."""
    hats = hats_of(by).hats
    if not hats or not is_staff_side(issue, by):
        return
    hat = hats[0]
    if not Opening.objects.filter(issue=issue, user=by).update(last_at=now, times=F("times") + 1):
        first = Opening(issue=issue, user=by, unit_id=hat.unit_id, duty=hat.duty, first_at=now, last_at=now)
        Opening.objects.bulk_create([first], ignore_conflicts=True)

"""Firms invited, admitted on application, and taken off the list."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from events import notices
from events.actions.seats import offer_places
from events.actions.step import (
    begin,
    begin_answer,
    finish,
    finish_answer,
    lock,
    renew_entries,
    save_answer,
    write_event,
)
from events.enums import VOID, Access, InvitationState, Source, Stage
from events.models import Invitation, Occasion
from events.permissions import may_view
from events.places import has_place
from events.workflow import has_begun
from liaison.accounts.models import User
from liaison.notifications.actions import notify, notify_all
from liaison.workflow import Words

ASKS_ANEW: Final = (InvitationState.APPLIED, InvitationState.WITHDRAWN)


class CannotApply(Exception):  # noqa: N818 - an answer to the firm, not a fault
    """Why the firm cannot apply, in words."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def invite_firms(
    occasion: Occasion,
    enterprises: Iterable[Enterprise],
    *,
    by: User,
    now: datetime,
    source: str = Source.NAME,
    reason: str = "",
    version: int | None = None,
) -> list[Invitation]:
    """Invite firms; one that is invited already stays as it is. Returns the new ones."""
    occasion = begin("invite", occasion, by, now, version)
    new = add_invitations(occasion, enterprises, by=by, now=now, source=source, reason=reason)
    event = finish("invite", occasion, by, now, text=reason, firms=len(new), source=source)
    notify_all(notices.to_all_invited(event, new, "invited"), now=now)
    return new


def add_invitations(
    occasion: Occasion, enterprises: Iterable[Enterprise], *, by: User, now: datetime, source: str, reason: str
) -> list[Invitation]:
    """Rows for those who have none; a firm whose invitation was taken back, or who had applied in vain, is invited anew."""
    wanted = {firm.pk: firm for firm in enterprises}
    known = {row.enterprise_id: row for row in occasion.invitations.filter(enterprise__in=wanted)}
    again = [row for row in known.values() if row.state in VOID]
    for row in again:
        row.state, row.source, row.reason, row.invited_by, row.invited_at = InvitationState.PENDING, source, reason, by, now
        row.answered_at = row.answered_by = None
        save_answer(row, ["source", "reason", "invited_by", "invited_at", "answered_at", "answered_by"])
    fresh = Invitation.objects.bulk_create(
        Invitation(occasion=occasion, enterprise=firm, source=source, reason=reason, invited_by=by, invited_at=now)
        for pk, firm in wanted.items()
        if pk not in known
    )
    return [*again, *fresh]


@transaction.atomic
def apply_to_come(occasion: Occasion, enterprise: Enterprise, *, by: User, now: datetime, guest: Mapping[str, str]) -> Invitation:
    """A firm asks to come; event staff decide. Asked twice it is one application."""
    occasion = lock(occasion.pk)
    if enterprise.pk not in roles_of(by) or not may_view(occasion, by):
        raise PermissionDenied
    if (why := cannot_apply(occasion, enterprise, now)) is not None:
        raise CannotApply(why)
    row = occasion.invitations.filter(enterprise=enterprise).first()
    if row is not None and row.state != InvitationState.WITHDRAWN:
        return row
    if row is None:
        row = Invitation(occasion=occasion, enterprise=enterprise, invited_at=now, source=Source.APPLICATION)
    row.state, row.answered_at, row.answered_by = InvitationState.APPLIED, None, None
    for name, value in guest.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=None if row.pk is None else ["state", "answered_at", "answered_by", "version", *guest])
    event = write_event("applied", occasion, by, now, enterprise=enterprise)
    notify(notices.to_staff(event, row, "applied"), now=now)
    return row


def cannot_apply(occasion: Occasion, enterprise: Enterprise, now: datetime) -> Words | None:
    """Why this firm cannot ask to come; None when it can, or has asked already."""
    if not occasion.by_application or occasion.access == Access.INTERNAL or occasion.stage != Stage.PUBLISHED:
        return _("This occasion takes no applications.")
    if not enterprise.is_open:
        return _("Only verified enterprises can apply.")
    if occasion.reply_by <= now:
        return _("The time for applications is over.")
    if occasion.invitations.filter(enterprise=enterprise).exclude(state__in=ASKS_ANEW).exists():
        return _("The organisers have decided about this enterprise already.")
    return has_begun(occasion, now)


@transaction.atomic
def admit_application(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """The firm comes, or waits for a place."""
    invitation = begin_answer("admit", invitation, by, now)
    free = has_place(invitation.occasion, invitation)
    to = InvitationState.ACCEPTED if free else InvitationState.WAITING
    invitation.waiting_since = None if free else now
    event = finish_answer("admit", invitation, by, now, to=to, fields=["waiting_since"])
    notify(notices.to_invited(event, invitation, "admitted" if free else "waiting"), now=now)
    return invitation


@transaction.atomic
def refuse_application(invitation: Invitation, *, by: User, now: datetime, reason: str) -> Invitation:
    """The firm does not come, and reads why."""
    invitation = begin_answer("refuse", invitation, by, now)
    invitation.reason = reason
    event = finish_answer("refuse", invitation, by, now, fields=["reason"], text=reason)
    notify(notices.to_invited(event, invitation, "refused"), now=now)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User, now: datetime, reason: str) -> Invitation:
    """Take a firm off the list: told with the reason, out of its calendars, its code void, its place to the next in line."""
    invitation = begin_answer("revoke", invitation, by, now)
    occasion = invitation.occasion
    invitation.reason = reason
    invitation.renew_code()
    renew_entries(occasion, now)
    event = finish_answer("revoke", invitation, by, now, fields=["reason", "code"], text=reason)
    notify(notices.to_invited(event, invitation, "revoked"), now=now)
    offer_places(occasion, now)
    return invitation


@transaction.atomic
def prefer_waiting(invitation: Invitation, *, by: User, now: datetime, reason: str) -> Invitation:
    """Move a firm to the front of the waiting list; the reason stays in the books (TC7)."""
    invitation = begin_answer("prefer", invitation, by, now)
    first = invitation.occasion.invitations.in_line().first()
    assert first is not None  # this one waits
    assert first.waiting_since is not None  # a database constraint says so
    invitation.waiting_since = first.waiting_since - timedelta(microseconds=1)
    finish_answer("prefer", invitation, by, now, fields=["waiting_since"], text=reason)
    return invitation

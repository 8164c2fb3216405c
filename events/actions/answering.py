"""Firms answer: by link or signed in, they come, do not come, or send somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from events import notices
from events.actions.seats import offer_places
from events.actions.step import begin_answer, finish_answer, lock, renew_entries
from events.enums import InvitationState, Substitute
from events.models import Invitation
from events.places import has_place
from liaison.accounts.models import User
from liaison.notifications.actions import notify

GUEST_FIELDS: Final = ("guest_name", "guest_title", "guest_phone", "diet", "plate")


@dataclass(frozen=True)
class Guest:
    """Who comes for the firm, and what the organisers asked about them."""

    guest_name: str
    guest_title: str = ""
    guest_phone: str = ""
    diet: str = ""
    plate: str = ""
    is_substitute: bool = False


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User | None, now: datetime, guest: Guest) -> Invitation:
    """The firm comes, or waits for a place when all are taken. Answered twice at once it counts once (TC3)."""
    occasion = lock(invitation.occasion_id)
    known = Invitation.objects.get(pk=invitation.pk)
    if known.state == InvitationState.ACCEPTED and _same(known, guest):
        known.occasion = occasion
        return known
    invitation = begin_answer("accept", invitation, by, now)
    free = has_place(invitation.occasion, invitation)
    to = InvitationState.ACCEPTED if free else InvitationState.WAITING
    _fill(invitation, guest)
    invitation.answered_at, invitation.answered_by = now, by
    invitation.waiting_since = invitation.waiting_since if free else now
    fields = [*GUEST_FIELDS, "substitute", "answered_at", "answered_by", "waiting_since"]
    event = finish_answer("accept", invitation, by, now, to=to, fields=fields, waits=not free)
    notify(notices.to_invited(event, invitation, "confirmed" if free else "waiting"), now=now)
    if invitation.substitute == Substitute.ASKED:
        notify(notices.to_staff(event, invitation, "substitute"), now=now)
    return invitation


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: User | None, now: datetime, text: str = "") -> Invitation:
    """The firm does not come; its place is held for the next in line."""
    invitation = begin_answer("decline", invitation, by, now)
    came = invitation.state == InvitationState.ACCEPTED
    invitation.answered_at, invitation.answered_by = now, by
    invitation.renew_code()
    event = finish_answer("decline", invitation, by, now, fields=["answered_at", "answered_by", "code"], text=text)
    if came:
        notify(notices.to_staff(event, invitation, "declined"), now=now)
    offer_places(invitation.occasion, now)
    return invitation


@transaction.atomic
def withdraw_application(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """The firm takes its application back."""
    invitation = begin_answer("withdraw", invitation, by, now)
    invitation.answered_at, invitation.answered_by = now, by
    finish_answer("withdraw", invitation, by, now, fields=["answered_at", "answered_by"])
    return invitation


@transaction.atomic
def change_guest(invitation: Invitation, *, by: User | None, now: datetime, guest: Guest) -> Invitation:
    """Somebody else comes: the old code is void (TC28), the new person's calendar gets its own entry."""
    invitation = begin_answer("guest", invitation, by, now)
    occasion, old = invitation.occasion, invitation.guest_name
    other = old != guest.guest_name
    _fill(invitation, guest)
    if other:
        invitation.renew_code()
        renew_entries(occasion, now)
    event = finish_answer("guest", invitation, by, now, fields=[*GUEST_FIELDS, "substitute", "code"], other=other)
    if other:
        notify(notices.to_invited(event, invitation, "confirmed"), now=now)
    if invitation.substitute == Substitute.ASKED:
        notify(notices.to_staff(event, invitation, "substitute"), now=now)
    return invitation


@transaction.atomic
def decide_substitute(invitation: Invitation, *, by: User, now: datetime, approved: bool, note: str = "") -> Invitation:
    """Event staff accept a substitute where principals were asked for, or not."""
    invitation = begin_answer("approve-guest", invitation, by, now)
    invitation.substitute = Substitute.NAMED if approved else Substitute.DECLINED
    event = finish_answer("approve-guest", invitation, by, now, fields=["substitute"], text=note, approved=approved)
    notify(notices.to_invited(event, invitation, "substitute_approved" if approved else "substitute_declined"), now=now)
    return invitation


def _fill(invitation: Invitation, guest: Guest) -> None:
    for name in GUEST_FIELDS:
        setattr(invitation, name, getattr(guest, name))
    asked = Substitute.ASKED if invitation.occasion.principal_only else Substitute.NAMED
    invitation.substitute = asked if guest.is_substitute else Substitute.NONE


def _same(invitation: Invitation, guest: Guest) -> bool:
    known: Mapping[str, str] = {name: getattr(invitation, name) for name in GUEST_FIELDS}
    return all(known[name] == getattr(guest, name) for name in GUEST_FIELDS)

"""The door: guests let in, refused with a reason, let in all the same, and taken back.

Every act carries a nonce that its device made. The occasion's row is the lock: of two devices that scan one code at the same
moment one lets in and the other reads when and where (TC24).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from enterprises.models import Enterprise
from events.actions.step import lock, write_event
from events.codes import Code, read_code
from events.enums import VOID, InvitationState, Source
from events.guests import why_not
from events.models import CheckIn, Invitation, Occasion, Result
from events.models.checkin import INSIDE, MOVES
from events.workflow import DOOR_FLOW
from liaison.accounts.models import User


@dataclass(frozen=True)
class Scan:
    """What a device tells: a code, or a guest chosen from the list."""

    nonce: UUID
    code: str = ""
    invitation_id: int | None = None
    device: str = ""
    gate: str = ""
    scanned_at: datetime | None = None
    offline: bool = False
    listed: bool = True
    "Whether the device had a list of ours when it worked without the network."
    reason: str = ""
    "Why somebody is let in who is not expected."


@dataclass(frozen=True)
class Verdict:
    """What the door answers."""

    result: str
    invitation: Invitation | None = None
    because: str = ""
    earlier: CheckIn | None = None
    conflict: bool = False
    elsewhere: Occasion | None = None

    @property
    def is_in(self) -> bool:
        """Let in by this very act."""
        return self.result in INSIDE

    @property
    def may_force(self) -> bool:
        """Whether staff may let the guest in all the same, with a reason."""
        return self.result == Result.NOT_COMING


@transaction.atomic
def check_in(occasion: Occasion, scan: Scan, *, by: User, now: datetime) -> Verdict:
    """Decide, and write what was decided; the same nonce again is answered and not written."""
    occasion = _open(occasion, by, now)
    if (known := _told_before(occasion, scan.nonce)) is not None:
        return known
    verdict = _decide(occasion, scan)
    forced = verdict.may_force and bool(scan.reason)
    if forced:
        verdict = Verdict(Result.IN, verdict.invitation)
    if scan.offline and not (verdict.is_in and scan.listed):  # the device has let this person in
        verdict = replace(verdict, conflict=True)
    if verdict.result == Result.ALREADY and not scan.offline:
        return verdict  # shown, not written: nothing happened
    _write(occasion, scan, verdict, by, now, forced=forced)
    if forced and verdict.invitation is not None:
        write_event("check-in", occasion, by, now, enterprise=verdict.invitation.enterprise, text=scan.reason)
    return verdict


@transaction.atomic
def undo_check_in(invitation: Invitation, *, nonce: UUID, by: User, now: datetime, reason: str, gate: str = "") -> bool:
    """Whoever was checked in by mistake is not inside: a row of its own; False when nobody was inside."""
    occasion = _open(invitation.occasion, by, now)
    if CheckIn.objects.filter(nonce=nonce).exists():
        return True
    if standing_of(invitation) is None:
        return False
    verdict = Verdict(Result.UNDONE, invitation)
    _write(occasion, Scan(nonce, gate=gate, reason=reason), verdict, by, now)
    write_event("check-out", occasion, by, now, enterprise=invitation.enterprise, text=reason)
    return True


@transaction.atomic
def walk_in(
    occasion: Occasion,
    enterprise: Enterprise,
    *,
    nonce: UUID,
    by: User,
    now: datetime,
    guest_name: str,
    guest_title: str = "",
    gate: str = "",
    reason: str = "",
) -> Verdict:
    """A firm that is not on the list comes in: capacity does not bar the door. One that is on it is checked in as usual."""
    occasion = _open(occasion, by, now)
    if (known := _told_before(occasion, nonce)) is not None:
        return known
    invitation = occasion.invitations.select_related("enterprise", "occasion").filter(enterprise=enterprise).first()
    if invitation is not None:
        return check_in(occasion, Scan(nonce, invitation_id=invitation.pk, gate=gate, reason=reason), by=by, now=now)
    invitation = Invitation.objects.create(
        occasion=occasion,
        enterprise=enterprise,
        state=InvitationState.ACCEPTED,
        source=Source.WALK_IN,
        reason=reason,
        invited_by=by,
        invited_at=now,
        answered_at=now,
        answered_by=by,
        guest_name=guest_name,
        guest_title=guest_title,
    )
    verdict = Verdict(Result.WALK_IN, invitation)
    _write(occasion, Scan(nonce, gate=gate, reason=reason), verdict, by, now)
    write_event("walk-in", occasion, by, now, enterprise=enterprise, text=reason)
    return verdict


def standing_of(invitation: Invitation) -> CheckIn | None:
    """The row by which the guest is inside; None when they are not."""
    last = CheckIn.objects.filter(invitation=invitation, result__in=MOVES).order_by("-pk").first()
    return last if last is not None and last.result in INSIDE else None


def _open(occasion: Occasion, by: User, now: datetime) -> Occasion:
    locked = lock(occasion.pk)
    DOOR_FLOW.check("door", locked, by, now)
    return locked


def _told_before(occasion: Occasion, nonce: UUID) -> Verdict | None:
    row = CheckIn.objects.filter(nonce=nonce).select_related("invitation__enterprise", "invitation__occasion").first()
    if row is None:
        return None
    if row.occasion_id != occasion.pk:
        return Verdict(Result.UNKNOWN)
    earlier = standing_of(row.invitation) if row.invitation and row.result == Result.ALREADY else None
    return Verdict(row.result, row.invitation, row.reason, earlier, row.conflict)


def _decide(occasion: Occasion, scan: Scan) -> Verdict:
    rows = occasion.invitations.select_related("enterprise", "occasion")
    if scan.invitation_id is not None:
        chosen = rows.filter(pk=scan.invitation_id).first()
        return _decide_for(chosen) if chosen else Verdict(Result.UNKNOWN)
    code = read_code(scan.code)
    if code is None:
        return Verdict(Result.UNKNOWN, because=_("This is not a code of ours. Look for the guest by name."))
    if code.slug != occasion.slug:
        return _elsewhere(code)
    invitation = rows.filter(pk=code.invitation_id).first()
    if invitation is None:
        return Verdict(Result.UNKNOWN)
    if invitation.state not in VOID and invitation.code != code.code:
        return Verdict(Result.REVOKED, invitation, _("The code was replaced when somebody else was named. Look by name."))
    return _decide_for(invitation)


def _elsewhere(code: Code) -> Verdict:
    """A guest at the wrong door is told which one is right."""
    other = Occasion.objects.filter(slug=code.slug).first()
    return Verdict(Result.ELSEWHERE, elsewhere=other) if other else Verdict(Result.UNKNOWN)


def _decide_for(invitation: Invitation) -> Verdict:
    if (earlier := standing_of(invitation)) is not None:
        return Verdict(Result.ALREADY, invitation, earlier=earlier)
    if invitation.state in VOID:
        return Verdict(Result.REVOKED, invitation, str(invitation.get_state_display()))
    if (why := why_not(invitation)) is not None:
        return Verdict(Result.NOT_COMING, invitation, str(why))
    return Verdict(Result.IN, invitation)


def _write(occasion: Occasion, scan: Scan, verdict: Verdict, by: User, now: datetime, **more: Any) -> CheckIn:
    return CheckIn.objects.create(
        occasion=occasion,
        invitation=verdict.invitation,
        enterprise=verdict.invitation.enterprise if verdict.invitation else None,
        nonce=scan.nonce,
        result=verdict.result,
        device=scan.device,
        gate=scan.gate,
        scanned_at=min(scan.scanned_at or now, now),
        received_at=now,
        by=by,
        offline=scan.offline,
        conflict=verdict.conflict,
        reason=scan.reason,
        **more,
    )

"""Who acts for an enterprise: inviting, joining, removing. Each takes effect with the very next request."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from enterprises import notices
from enterprises.actions.events import add_event, locked
from enterprises.enums import EventKind, Role, Status
from enterprises.models import Enterprise, Invitation, Representative
from enterprises.permissions import forget_roles, may_manage_people, may_represent
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter
from liaison.workflow import Words

MOST_OPEN_INVITATIONS: Final = 20
INVITING: Final = frozenset({Status.VERIFIED, Status.SUSPENDED})


class NotPossible(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """The act is not possible now; ``reason`` says why in the reader's language."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


@transaction.atomic
def invite_colleague(
    enterprise: Enterprise, *, name: str, role: Role, by: User, now: datetime, email: str = "", phone: str = ""
) -> Invitation:
    """Ask somebody to act for the enterprise too."""
    enterprise = locked(enterprise)
    _check_manages(enterprise, by)
    if enterprise.status not in INVITING:
        raise NotPossible(_("People can be invited once the enterprise is verified."))
    if enterprise.invitations.open(now).count() >= MOST_OPEN_INVITATIONS:
        raise NotPossible(_("Too many invitations are waiting. Take some back first."))
    invitation = Invitation.objects.create(
        enterprise=enterprise,
        name=name,
        email=email,
        phone=phone,
        role=role,
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=parameter("enterprises.invitation_days")),
    )
    add_event(enterprise, EventKind.INVITED, by=by, now=now, detail={"name": name, "role": role})
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """Take an invitation back."""
    enterprise = locked(invitation.enterprise)
    _check_manages(enterprise, by)
    invitation = _open_invitation(invitation, now)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    add_event(enterprise, EventKind.INVITATION_REVOKED, by=by, now=now, detail={"name": invitation.name})
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, now: datetime) -> Representative:
    """Join the enterprise; of two who use the same link at once one joins."""
    if not may_represent(by):
        raise PermissionDenied
    enterprise = locked(invitation.enterprise)
    invitation = _open_invitation(invitation, now)
    if enterprise.status not in INVITING:
        raise NotPossible(_("The enterprise does not take part at the moment."))
    if enterprise.representatives.open().filter(user=by).exists():
        raise NotPossible(_("You act for this enterprise already."))
    invitation.accepted_by, invitation.accepted_at = by, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    representative = Representative.objects.create(enterprise=enterprise, user=by, role=invitation.role, since=now)
    forget_roles(by)
    event = add_event(enterprise, EventKind.JOINED, by=by, now=now, detail={"role": invitation.role})
    notify(notices.about(event, [user for user in notices.people_of(enterprise, Role.MANAGER) if user != by]), now=now)
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=enterprise.credit_code, detail={"role": invitation.role}, now=now)
    return representative


@transaction.atomic
def remove_colleague(representative: Representative, *, by: User, now: datetime) -> Representative:
    """End somebody's access, at once; also one's own. The last manager stays."""
    enterprise = locked(representative.enterprise)
    if representative.user != by:
        _check_manages(enterprise, by)
    representative = _open_representative(representative)
    _keep_a_manager(enterprise, representative)
    representative.ended_at = now
    representative.save(update_fields=["ended_at"])
    forget_roles(by)
    event = add_event(enterprise, EventKind.REMOVED, by=by, now=now, detail={"name": representative.user.name})
    notify(notices.about(event, [representative.user]), now=now)
    _record_role(enterprise, representative, None, by, now)
    return representative


@transaction.atomic
def change_role(representative: Representative, *, role: Role, by: User, now: datetime) -> Representative:
    """Make a colleague a manager, or a manager a colleague."""
    enterprise = locked(representative.enterprise)
    _check_manages(enterprise, by)
    representative = _open_representative(representative)
    if role != Role.MANAGER:
        _keep_a_manager(enterprise, representative)
    representative.role = role
    representative.save(update_fields=["role"])
    forget_roles(by)
    add_event(enterprise, EventKind.ROLE_CHANGED, by=by, now=now, detail={"name": representative.user.name, "role": role})
    _record_role(enterprise, representative, role, by, now)
    return representative


def _check_manages(enterprise: Enterprise, by: User) -> None:
    """Under the lock, and read anew: a manager who was removed a moment ago manages nothing."""
    forget_roles(by)
    if not may_manage_people(enterprise, by):
        raise PermissionDenied


def _open_invitation(invitation: Invitation, now: datetime) -> Invitation:
    """Read it again under the enterprise's lock."""
    found = Invitation.objects.open(now).filter(pk=invitation.pk).first()
    if found is None:
        raise NotPossible(_("This invitation has been used, taken back, or has run out. Ask for a new one."))
    return found


def _open_representative(representative: Representative) -> Representative:
    found = Representative.objects.open().select_related("user").filter(pk=representative.pk).first()
    if found is None:
        raise NotPossible(_("This person does not act for the enterprise any more."))
    return found


def _keep_a_manager(enterprise: Enterprise, leaving: Representative) -> None:
    """A firm without a manager could not help itself."""
    others = enterprise.representatives.open().filter(role=Role.MANAGER, user__is_active=True).exclude(pk=leaving.pk)
    if leaving.role == Role.MANAGER and not others.exists():
        raise NotPossible(_("This is the last manager. Make somebody else a manager first."))


def _record_role(enterprise: Enterprise, representative: Representative, role: Role | None, by: User, now: datetime) -> None:
    detail = {"person": representative.user.username, "role": role or ""}
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=enterprise.credit_code, detail=detail, now=now)

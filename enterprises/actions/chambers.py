"""Chambers and who belongs to them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from enterprises.actions.events import add_event, locked
from enterprises.enums import EventKind
from enterprises.models import Chamber, ChamberMembership, Enterprise
from enterprises.permissions import is_verifier
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@transaction.atomic
def join_chamber(chamber: Chamber, enterprise: Enterprise, *, by: User, now: datetime) -> ChamberMembership:
    """Enter an enterprise into a chamber's list; who is in it stays in it."""
    _check(by)
    enterprise = locked(enterprise)
    today = timezone.localdate(now)
    membership, is_new = ChamberMembership.objects.get_or_create(
        chamber=chamber, enterprise=enterprise, ended_on=None, defaults={"since_on": today}
    )
    if is_new:
        add_event(enterprise, EventKind.CHAMBER_JOINED, by=by, now=now, detail={"chamber": chamber.code, "name": chamber.name})
    return membership


@transaction.atomic
def leave_chamber(membership: ChamberMembership, *, by: User, now: datetime) -> None:
    """Strike an enterprise off a chamber's list."""
    _check(by)
    enterprise = locked(membership.enterprise)
    ended = ChamberMembership.objects.filter(pk=membership.pk, ended_on=None).update(ended_on=timezone.localdate(now))
    if ended:
        add_event(
            enterprise,
            EventKind.CHAMBER_LEFT,
            by=by,
            now=now,
            detail={"chamber": membership.chamber.code, "name": membership.chamber.name},
        )


@transaction.atomic
def save_chamber(chamber: Chamber, *, by: User) -> Chamber:
    """Create a chamber or change its words; reference data, so it is recorded."""
    _check(by)
    is_new = chamber.pk is None
    chamber.save()
    record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"chamber {chamber.code}", detail={"added": is_new})
    return chamber


def _check(by: User) -> None:
    if not is_verifier(None, by):
        raise PermissionDenied

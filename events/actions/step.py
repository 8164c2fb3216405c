"""What every act on an occasion shares: lock, check, move, save named fields, write the event.

The occasion's row is the lock for all its places: whoever changes an invitation holds it first, so two answers for the last
seat stand in line (TC1, TC2), and no two acts wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from enterprises.models import Enterprise
from events.models import Invitation, Occasion, OccasionEvent
from events.permissions import may_view
from events.workflow import INVITATION_FLOW, OCCASION_FLOW
from liaison.accounts.models import User
from liaison.workflow import StepNotOpen


def lock(occasion_id: int) -> Occasion:
    """The occasion as it is now, held until the transaction ends."""
    rows = Occasion.objects.select_for_update(no_key=True, of=("self",)).select_related("series", "host_unit")
    return rows.get(pk=occasion_id)


def begin(name: str, occasion: Occasion, by: User, now: datetime, version: int | None = None) -> Occasion:
    """Lock and check; a form that was rendered before somebody else's step is stale (409)."""
    locked = lock(occasion.pk)
    if not may_view(locked, by):
        raise PermissionDenied
    step = OCCASION_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def finish(
    name: str,
    occasion: Occasion,
    by: User | None,
    now: datetime,
    *,
    to: str | None = None,
    fields: Iterable[str] = (),
    moved: bool = False,
    text: str = "",
    **detail: Any,
) -> OccasionEvent:
    """Move the locked occasion, save the named fields, write the event; ``moved`` renews it in calendars, too."""
    OCCASION_FLOW.move(name, occasion, to)
    occasion.version += 1
    occasion.changed_at = now
    occasion.save(update_fields=["stage", "version", "changed_at", *fields])
    if moved:
        renew_entries(occasion, now)
    return write_event(name, occasion, by, now, text=text, **detail)


def renew_entries(occasion: Occasion, now: datetime) -> None:
    """What calendars get from now on exceeds every earlier entry (RFC 5546 §2.1.4): the number only ever grows."""
    occasion.sequence += 1
    occasion.changed_at = now
    occasion.save(update_fields=["sequence", "changed_at"])


def begin_answer(name: str, invitation: Invitation, by: User | None, now: datetime) -> Invitation:
    """Lock the occasion, then the invitation, and check; ``by`` is nobody for whoever holds the link."""
    occasion = lock(invitation.occasion_id)
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("enterprise").get(pk=invitation.pk)
    locked.occasion = occasion
    if by is None:
        INVITATION_FLOW.check_open(name, locked, now)
    else:
        INVITATION_FLOW.check(name, locked, by, now)
    return locked


def finish_answer(
    name: str,
    invitation: Invitation,
    by: User | None,
    now: datetime,
    *,
    to: str | None = None,
    fields: Iterable[str] = (),
    text: str = "",
    **detail: Any,
) -> OccasionEvent:
    """Move the locked invitation, save the named fields, write the event."""
    INVITATION_FLOW.move(name, invitation, to)
    save_answer(invitation, fields)
    return write_event(name, invitation.occasion, by, now, enterprise=invitation.enterprise, text=text, **detail)


def save_answer(invitation: Invitation, fields: Iterable[str] = ()) -> None:
    """Save what a step changed; a place that is no longer held has no end."""
    if invitation.state != "offered":
        invitation.held_until = None
    invitation.version += 1
    invitation.save(update_fields=["state", "held_until", "version", *fields])


def write_event(
    kind: str,
    occasion: Occasion,
    by: User | None,
    now: datetime,
    *,
    enterprise: Enterprise | None = None,
    text: str = "",
    **detail: Any,
) -> OccasionEvent:
    """One row of the story."""
    return OccasionEvent.objects.create(
        occasion=occasion, kind=kind, enterprise=enterprise, actor=by, at=now, text=text, detail=detail
    )


def local_words(moment: datetime) -> str:
    """A moment as events keep it: ISO with the zone of the portal."""
    return timezone.localtime(moment).isoformat(timespec="minutes")

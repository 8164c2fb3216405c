"""What the ids in a notice about an enterprise mean, at the moment of reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from enterprises.enums import EventKind
from enterprises.models import EnterpriseEvent
from enterprises.permissions import is_verifier, may_view
from liaison.accounts.models import User
from liaison.notifications.models import Notification


def explain(notifications: Sequence[Notification]) -> Mapping[int, dict[str, Any]]:
    """Whoever lost sight of an enterprise reads nothing more of it, but for the word that they lost it."""
    wanted = [row.context.get("event") for row in notifications]
    events = EnterpriseEvent.objects.select_related("enterprise", "actor").in_bulk([pk for pk in wanted if pk])
    found = {}
    for row, pk in zip(notifications, wanted, strict=True):
        event = events.get(pk)
        if event is not None and (context := _context(event, row.recipient)) is not None:
            found[row.pk] = context
    return found


def _context(event: EnterpriseEvent, reader: User) -> dict[str, Any] | None:
    sees = may_view(event.enterprise, reader)
    if not sees and event.kind != EventKind.REMOVED:
        return None
    return {
        "enterprise": event.enterprise.name,
        "note": event.note,
        "name": event.detail.get("name", ""),
        "person": event.actor.name if event.actor else "",
        "url": event.enterprise.get_absolute_url() if sees else "",
        "why": _why(event, reader),
    }


def _why(event: EnterpriseEvent, reader: User) -> str:
    if event.kind in {EventKind.APPLIED, EventKind.RENAME_ASKED} and is_verifier(event.enterprise, reader):
        return _("You decide about registrations.")
    return _("You act, or acted, for this enterprise.")

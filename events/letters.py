"""What a message about a meeting says: ids become words when it is read, for the person who reads it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _

from enterprises.permissions import roles_of
from events.calendars.files import Method
from events.entries import mailed
from events.enums import InvitationState, Stage
from events.models import Invitation, Occasion
from liaison.accounts.models import User
from liaison.notifications.models import Notification
from liaison.ui.moments import words_of

PREFIX: Final = "event_"
CANCELS: Final = frozenset({"event_cancelled", "event_revoked", "event_presiding_cancelled"})
REQUESTS: Final = frozenset(
    {"event_invited", "event_confirmed", "event_admitted", "event_moved", "event_presiding", "event_presiding_moved"}
)
REMINDERS: Final = "event_reminder"


def explain(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    """Words for many messages; a reminder of another time, or of what is cancelled, is left out (TC12, TC13)."""
    named = {row.context["occasion"] for row in rows}
    occasions = Occasion.objects.filter(pk__in=named).select_related("host_unit", "series").in_bulk()
    asked = {row.context["invitation"] for row in rows if "invitation" in row.context}
    invitations = Invitation.objects.filter(pk__in=asked).select_related("enterprise").in_bulk()
    found = {}
    for row in rows:
        occasion = occasions.get(row.context["occasion"])
        if occasion is None or _is_void(row, occasion):
            continue
        invitation = invitations.get(row.context.get("invitation"))
        found[row.pk] = _words(row.kind, occasion, invitation, row.recipient)
        if (method := _method(row.kind, invitation)) is not None:
            found[row.pk]["calendar"] = partial(mailed, occasion, method, row.recipient.name)
    return found


def _method(kind: str, invitation: Invitation | None) -> Method | None:
    """What the message asks of the reader's calendar; whoever waits for a place has no entry yet."""
    if kind in CANCELS:
        return Method.CANCEL
    awaited = invitation is None or invitation.state in {InvitationState.PENDING, InvitationState.ACCEPTED}
    return Method.REQUEST if kind in REQUESTS and awaited else None


def _is_void(row: Notification, occasion: Occasion) -> bool:
    """Whether a reminder has lost its object since it was written."""
    if row.kind != REMINDERS:
        return False
    return occasion.stage != Stage.PUBLISHED or row.context.get("starts_at") != occasion.starts_at.isoformat()


def _words(kind: str, occasion: Occasion, invitation: Invitation | None, reader: User) -> dict[str, Any]:
    ours = invitation is not None and invitation.enterprise_id in roles_of(reader)
    words = {
        "occasion": str(occasion),
        "starts": words_of(occasion.starts_at),
        "place": occasion.place,
        "reply_by": words_of(occasion.reply_by),
        "unit": str(occasion.host_unit),
        "reason": occasion.reason,
        "url": occasion.get_absolute_url(),
        "why": _("You are responsible for this meeting, or preside over it."),
    }
    if kind == REMINDERS:
        words["why"] = _("You come to this meeting, or preside over it.")
    if invitation is None:
        return words
    words |= {
        "enterprise": invitation.enterprise.name,
        "guest": invitation.guest_name,
        "held_until": words_of(invitation.held_until) if invitation.held_until else "–",
        "why_not": invitation.reason,
    }
    if ours:
        words |= {"url": invitation.get_absolute_url(), "why": _("You represent the enterprise that this is about.")}
    return words

"""What a message about a meeting says: ids become words when it is read, for the person who reads it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from enterprises.permissions import roles_of
from events.calendars.files import Method
from events.entries import mailed
from events.enums import InvitationState, Stage
from events.models import Invitation, Occasion
from events.permissions import manages
from events.record_letters import topics_of, words_of_record
from liaison.accounts.models import User
from liaison.notifications.models import Notification
from liaison.ui.moments import words_of

PREFIX: Final = "event_"
CANCELS: Final = frozenset({"event_cancelled", "event_revoked", "event_presiding_cancelled", "event_presiding_ended"})
REQUESTS: Final = frozenset(
    {"event_invited", "event_confirmed", "event_admitted", "event_moved", "event_presiding", "event_presiding_moved"}
)
REMINDERS: Final = "event_reminder"


def explain(rows: Sequence[Notification]) -> dict[int, dict[str, Any]]:
    """Words for many messages; left out is what the reader may not see (any more), and what has lost its object."""
    named = {row.context["occasion"] for row in rows}
    occasions = Occasion.objects.filter(pk__in=named).select_related("host_unit", "series").in_bulk()
    asked = {row.context["invitation"] for row in rows if "invitation" in row.context}
    invitations = Invitation.objects.filter(pk__in=asked).select_related("enterprise").in_bulk()
    topics = topics_of(rows)
    readers = {row.recipient_id: _Reader(row.recipient, named) for row in rows}
    found = {}
    for row in rows:
        occasion = occasions.get(row.context["occasion"])
        reader = readers[row.recipient_id]
        invitation = invitations.get(row.context.get("invitation"))
        if occasion is None or _is_void(row, occasion) or not reader.sees(occasion, invitation):
            continue
        words = _words(row.kind, occasion, invitation, ours=reader.is_ours(invitation))
        found[row.pk] = words | words_of_record(row, occasion, topics)
        if (method := _method(row.kind, occasion, invitation)) is not None:
            found[row.pk]["calendar"] = partial(mailed, occasion, method, row.recipient.name)
    return found


@dataclass(frozen=True)
class _Reader:
    """What one person may know today; found out once, however many messages they have, and only as far as it is needed."""

    user: User
    occasions: Collection[int]
    "Those that messages are about."

    def is_ours(self, invitation: Invitation | None) -> bool:
        """An invitation of a firm for which the person acts."""
        return invitation is not None and invitation.enterprise_id in roles_of(self.user)

    def sees(self, occasion: Occasion, invitation: Invitation | None) -> bool:
        """Of an invitation its firm and event staff, whatever has become of it; of a meeting whoever may open it."""
        if invitation is not None:
            return self.is_ours(invitation) or manages(self.user)
        return occasion.pk in self._visible

    @cached_property
    def _visible(self) -> Collection[int]:
        rows = Occasion.objects.visible_to(self.user).filter(pk__in=self.occasions)
        return set(rows.values_list("pk", flat=True))


def _method(kind: str, occasion: Occasion, invitation: Invitation | None) -> Method | None:
    """What the message asks of the reader's calendar: no entry for who waits, nor for what was called off meanwhile."""
    if kind in CANCELS:
        return Method.CANCEL
    awaited = invitation is None or invitation.state in {InvitationState.PENDING, InvitationState.ACCEPTED}
    return Method.REQUEST if kind in REQUESTS and awaited and occasion.stage == Stage.PUBLISHED else None


def _is_void(row: Notification, occasion: Occasion) -> bool:
    """Whether a reminder has lost its object since it was written."""
    if row.kind != REMINDERS:
        return False
    return occasion.stage != Stage.PUBLISHED or row.context.get("starts_at") != occasion.starts_at.isoformat()


def _words(kind: str, occasion: Occasion, invitation: Invitation | None, *, ours: bool) -> dict[str, Any]:
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
        if invitation.state == InvitationState.ACCEPTED and occasion.stage == Stage.PUBLISHED:
            words["code_url"] = f"{settings.PORTAL_URL}{invitation.get_code_url()}"
        words |= {"url": invitation.get_absolute_url(), "why": _("You represent the enterprise that this is about.")}
    return words

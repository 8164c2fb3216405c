"""Who is expected at the door and who is inside; the signed list that a device works from when the network is gone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.utils.translation import gettext as _

from events.codes import code_hash
from events.enums import InvitationState, Substitute
from events.models import CheckIn, Invitation, InvitationQuerySet, Occasion
from liaison.workdays import ZONE
from liaison.workflow import Words

SHOWN: Final = 30
"Guests of the page: whoever is not among them is searched for."
CONFLICTS_SHOWN: Final = 20
_signer = Signer(salt="events.door.list")


@dataclass(frozen=True)
class Guest:
    """One line of the door's list."""

    invitation: Invitation
    why: str
    "Why the firm is not expected; nothing when it is."
    inside: CheckIn | None

    @property
    def name(self) -> str:
        """Who comes; firms that have not named anybody are known by their contact only at the desk."""
        return self.invitation.guest_name


def why_not(invitation: Invitation) -> Words | None:
    """Why this firm is not expected; None when it is."""
    if invitation.state == InvitationState.ACCEPTED:
        if invitation.substitute in {Substitute.ASKED, Substitute.DECLINED}:
            return invitation.get_substitute_display()
        return None
    return invitation.get_state_display()


def on_the_list(occasion: Occasion) -> InvitationQuerySet:
    """Whoever may stand before the door with an invitation that is worth something."""
    void = [InvitationState.REVOKED, InvitationState.REFUSED]
    return (
        occasion.invitations.exclude(state__in=void).select_related("enterprise", "occasion").order_by("enterprise__name", "pk")
    )


def guests_called(occasion: Occasion, words: str) -> list[Guest]:
    """Guests whose name or firm contains the words; no more than a page holds."""
    rows = on_the_list(occasion)
    if words:
        rows = rows.filter(Q(enterprise__name__contains=words) | Q(guest_name__contains=words))
    return _with_standing(occasion, list(rows[:SHOWN]))


def live_of(occasion: Occasion) -> dict[str, Any]:
    """How many are inside, how many are expected, and what does not fit together."""
    inside = CheckIn.objects.filter(occasion=occasion).inside()
    expected = occasion.invitations.filter(state=InvitationState.ACCEPTED).count()
    return {"inside": inside.count(), "expected": expected, "capacity": occasion.capacity, "conflicts": conflicts_of(occasion)}


def conflicts_of(occasion: Occasion) -> list[dict[str, str]]:
    """Guests whom a device let in although the books say otherwise, in words."""
    rows = CheckIn.objects.filter(occasion=occasion).conflicts().select_related("invitation", "enterprise")
    return [
        {
            "who": named(row.invitation) if row.invitation else _("Unknown"),
            "what": str(row.get_result_display()),
            "where": where_of(row),
        }
        for row in rows[:CONFLICTS_SHOWN]
    ]


def signed_list(occasion: Occasion, now: datetime) -> dict[str, str]:
    """The list as text, and a ticket that proves later which list a device had."""
    guests = _with_standing(occasion, list(on_the_list(occasion)))
    rows = [
        {
            "pk": guest.invitation.pk,
            "hash": code_hash(guest.invitation),
            "name": guest.name,
            "firm": guest.invitation.enterprise.name,
            "why": guest.why,
            "inside": where_of(guest.inside) if guest.inside else "",
        }
        for guest in guests
    ]
    text = json.dumps({"occasion": occasion.slug, "until": occasion.ends_at.isoformat(), "guests": rows}, ensure_ascii=False)
    head = f"{occasion.slug}:{int(now.timestamp())}:{sha256(text.encode()).hexdigest()}"
    return {"list": text, "ticket": _signer.sign(head)}


def is_our_list(occasion: Occasion, ticket: str) -> bool:
    """Whether a device worked from a list that we made for this meeting."""
    try:
        return _signer.unsign(ticket).startswith(f"{occasion.slug}:")
    except BadSignature:
        return False


def named(invitation: Invitation) -> str:
    """Guest and firm."""
    return " · ".join(filter(None, [invitation.guest_name, invitation.enterprise.name]))


def where_of(row: CheckIn) -> str:
    """``07:26 · gate A``."""
    return " · ".join(filter(None, [f"{row.scanned_at.astimezone(ZONE):%H:%M}", row.gate]))


def _with_standing(occasion: Occasion, invitations: Iterable[Invitation]) -> list[Guest]:
    rows = list(invitations)
    inside = {row.invitation_id: row for row in CheckIn.objects.filter(occasion=occasion, invitation__in=rows).inside()}
    return [Guest(row, str(why_not(row) or ""), inside.get(row.pk)) for row in rows]

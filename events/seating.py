"""Who sits where, worked out from who comes; nothing of it is stored.

The order is the custom of Chinese meetings: the middle is the place of honour, and the left hand comes before the right
(中间为尊, 左为上), both as somebody who sits there sees it. The host sits in the middle of the head side. Leaders follow by rank,
the second at the host's left hand, the third at the right, and so on outwards; with an even number the host and the second
share the middle. Opposite sit the enterprises, in the same way from the middle outwards: who speaks by the agenda first, then
the others as they were invited. Where more enterprises come than leaders, the last ones sit at both ends of the head side, so
that one table has as many seats on either side. More people than one table holds sit in rows behind each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final, Generic, TypeVar

from events.enums import InvitationState, PresidingRole
from events.models import Invitation, Occasion, Presiding
from liaison.accounts.models import Posting
from liaison.accounts.rights import RANKS

T = TypeVar("T")
AT_TABLE: Final = 24
"People whom one table seats, on two sides."
ABREAST: Final = 10
"Seats of a row behind it."


@dataclass(frozen=True)
class Plan(Generic[T]):
    """As it is drawn, seen from above with the head side at the top: every row from the left edge to the right."""

    head: list[T]
    rows: list[list[T]]
    "Opposite the head side, the nearest one first."


def seated(leaders: Sequence[T], guests: Sequence[T]) -> Plan[T]:
    """Everybody once. Both are in their order, the host first; whoever finds no seat at the head sits before the guests."""
    total, most = len(leaders) + len(guests), AT_TABLE // 2
    leaders, others = leaders[:most], [*leaders[most:], *guests]
    if total > AT_TABLE:
        rows = [others[start : start + ABREAST] for start in range(0, len(others), ABREAST)]
        return Plan(from_middle(leaders), [_facing(row) for row in rows])
    opposite = min(len(others), ceil(total / 2))
    head = from_middle([*leaders, *others[opposite:]])
    return Plan(head, [_facing(others[:opposite])] if opposite else [])


def from_middle(people: Sequence[T]) -> list[T]:
    """The first in the middle, the second to the right of the drawing (at the first one's left hand), the third to its left."""
    return [*reversed(people[2::2]), *people[:1], *people[1::2]]


def _facing(people: Sequence[T]) -> list[T]:
    """Who looks up the drawing has the left hand at its left."""
    return from_middle(people)[::-1]


def leaders_of(occasion: Occasion, today: date) -> list[Presiding]:
    """Who presides, the host first, then by the rank of their duties."""
    rows = [row for row in occasion.presiding.select_related("leader") if row.state != "replaced"]
    ranks: dict[int, int] = {}
    for user, duty in Posting.objects.on(today).filter(user__in=[row.leader_id for row in rows]).values_list("user", "duty"):
        ranks[user] = max(ranks.get(user, 0), RANKS.get(duty, 0))
    return sorted(rows, key=lambda row: (row.role != PresidingRole.HOST, -ranks.get(row.leader_id, 0), row.pk))


def guests_of(occasion: Occasion) -> list[Invitation]:
    """Who comes: those with a topic on the agenda in its order, then the others as they were invited."""
    agenda = occasion.agenda.filter(topic__isnull=False).values_list("topic__enterprise", flat=True)
    turns: dict[int, int] = {}
    for turn, firm in enumerate(agenda):
        turns.setdefault(firm, turn)
    rows = occasion.invitations.filter(state=InvitationState.ACCEPTED).select_related("enterprise")
    return sorted(rows, key=lambda row: (turns.get(row.enterprise_id, len(turns) + len(agenda)), row.pk))

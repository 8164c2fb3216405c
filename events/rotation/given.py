"""What a draw is given: firms, their invitations so far, and the rule."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """By what the seats are kept in proportion, and by what a rule may narrow."""

    SECTOR = "sector"
    SIZE = "size"
    TOWN = "town"
    OWNERSHIP = "ownership"


BALANCE: Final = (Dimension.SECTOR, Dimension.SIZE, Dimension.TOWN)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation that the firm had: the day of the occasion, its number in the series, the day it was made."""

    on: date
    ordinal: int = 0
    made_on: date | None = None

    @property
    def counted_from(self) -> date:
        """The day from which it counts; of old ones only the occasion's day is known."""
        return self.made_on or self.on


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm at the time of the draw. ``joined_on``: since when it may be invited, its verification or its return."""

    code: str
    name: str
    sector: str
    size: str
    town: str
    ownership: str
    joined_on: date
    labels: frozenset[str] = frozenset()
    invited: tuple[Invitation, ...] = ()
    verified: bool = True

    def value(self, dimension: Dimension) -> str:
        """Return what the firm is in one dimension."""
        value: str = getattr(self, dimension.value)
        return value

    @property
    def times(self) -> int:
        """How often it was invited."""
        return len(self.invited)

    @property
    def last(self) -> Invitation | None:
        """The invitation to the latest occasion."""
        return max(self.invited, key=lambda invitation: (invitation.on, invitation.ordinal), default=None)


@dataclass(frozen=True, slots=True)
class Rule:
    """Whom an occasion asks for. An empty set asks for all; of several labels one is enough."""

    seats: int
    sectors: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    ownerships: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    cooling_off_days: int = 0
    cooling_off_occasions: int = 0
    balance: tuple[Dimension, ...] = BALANCE

    def __post_init__(self) -> None:
        if min(self.seats, self.cooling_off_days, self.cooling_off_occasions) < 0:
            raise ValueError("Seats and cooling-off are not below nought.")
        if len(set(self.balance)) < len(self.balance):
            raise ValueError("A dimension is balanced once.")

    def asked(self, dimension: Dimension) -> frozenset[str]:
        """Return the values asked for in one dimension."""
        return {
            Dimension.SECTOR: self.sectors,
            Dimension.SIZE: self.sizes,
            Dimension.TOWN: self.towns,
            Dimension.OWNERSHIP: self.ownerships,
        }[dimension]

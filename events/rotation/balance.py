"""Seats in proportion to those who stand equal, and the lot.

All arithmetic is in whole numbers: the deficit of a value is seats x its firms - equals x what its firms were given.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from events.rotation.given import Candidate, Dimension


def ticket(seed: int, code: str) -> str:
    """Return a firm's lot: SHA-256 of ``seed:code`` in hexadecimal; the smallest is drawn first."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def portion(seats: int, firms: int, of: int) -> str:
    """Return the seats that so many firms of all are worth, to two digits."""
    hundredths = (200 * seats * firms + of) // (2 * of)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


class Shares:
    """What each value of each dimension may expect of some seats among some equals, and what it was given so far."""

    def __init__(self, equals: Sequence[Candidate], seats: int, dimensions: Sequence[Dimension]) -> None:
        self.equals, self.seats, self.dimensions = len(equals), seats, dimensions
        self.firms = {dimension: Counter(firm.value(dimension) for firm in equals) for dimension in dimensions}
        self.given: dict[Dimension, Counter[str]] = {dimension: Counter() for dimension in dimensions}

    def deficit(self, dimension: Dimension, value: str) -> int:
        """Return what a value still lacks, in parts of a seat (one seat is as many parts as there are equals)."""
        return self.seats * self.firms[dimension][value] - self.equals * self.given[dimension][value]

    def quota(self, dimension: Dimension, value: str) -> str:
        """Return the seats that are a value's share, to two digits."""
        return portion(self.seats, self.firms[dimension][value], self.equals)

    def give(self, firm: Candidate) -> None:
        """Count a seat."""
        for dimension in self.dimensions:
            self.given[dimension][firm.value(dimension)] += 1


@dataclass(frozen=True)
class Picked:
    """A firm in its turn; ``among`` firms had no advantage over each other but the lot."""

    firm: Candidate
    among: int


class Cells:
    """Firms of equal standing, sorted into cells of equal values, each in the order of the lot."""

    def __init__(self, equals: Iterable[Candidate], shares: Shares, tickets: dict[str, str]) -> None:
        self._shares, self._tickets, self._left = shares, tickets, 0
        self._tree = _Node()
        for firm in sorted(equals, key=lambda firm: tickets[firm.code], reverse=True):
            self._left += 1
            self._tree.put(firm, [firm.value(dimension) for dimension in shares.dimensions])

    def in_turn(self) -> Iterator[Picked]:
        """Yield all, each time by the largest deficit, dimension by dimension, then by lot. The caller gives the seats."""
        while self._left:
            self._left -= 1
            best = self._best()
            picked = min(best, key=lambda node: self._tickets[node.firms[-1].code])
            among, firm = sum(len(node.firms) for node in best), picked.firms[-1]
            self._tree.take([firm.value(dimension) for dimension in self._shares.dimensions])
            yield Picked(firm, among)

    def _best(self) -> list["_Node"]:
        nodes = [self._tree]
        for dimension in self._shares.dimensions:
            below = [(self._shares.deficit(dimension, value), child) for node in nodes for value, child in node.below.items()]
            most = max(deficit for deficit, _ in below)
            nodes = [child for deficit, child in below if deficit == most]
        return nodes


class _Node:
    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.firms: list[Candidate] = []

    def put(self, firm: Candidate, values: Sequence[str]) -> None:
        if values:
            self.below.setdefault(values[0], _Node()).put(firm, values[1:])
        else:
            self.firms.append(firm)

    def take(self, values: Sequence[str]) -> None:
        """Take the next firm of a cell; an empty cell goes."""
        if not values:
            self.firms.pop()
            return
        child = self.below[values[0]]
        child.take(values[1:])
        if not child.below and not child.firms:
            del self.below[values[0]]

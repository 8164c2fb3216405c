"""How often a firm counts as invited.

A firm that joins late starts at the fewest that the pool had then: otherwise it would be invited time after time until it had
caught up with years. One that returns keeps what it had if that is more: going away gains nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from events.rotation.given import Candidate


@dataclass(frozen=True)
class Standing:
    """``count`` decides; ``level`` is the pool's fewest on the day the firm joined."""

    level: int
    count: int


class _Fewest:
    """The fewest of the pool while counts only grow."""

    def __init__(self) -> None:
        self._firms: Counter[int] = Counter()
        self.now = 0

    def enter(self, count: int) -> None:
        """A firm joins."""
        self._firms[count] += 1
        self.now = min(self.now, count)
        self._climb()

    def move(self, count: int) -> None:
        """A firm leaves ``count`` for the next."""
        self._firms[count] -= 1
        self._firms[count + 1] += 1
        self._climb()

    def _climb(self) -> None:
        while not self._firms[self.now]:
            self.now += 1


def standings(pool: Iterable[Candidate]) -> dict[str, Standing]:
    """Play the pool's days again: on each day the firms join first, then the day's invitations count."""
    joins: defaultdict[date, list[Candidate]] = defaultdict(list)
    made: defaultdict[date, list[str]] = defaultdict(list)
    for firm in pool:
        joins[firm.joined_on].append(firm)
        for invitation in firm.invited:
            if invitation.counted_from >= firm.joined_on:
                made[invitation.counted_from].append(firm.code)
    fewest, levels, counts = _Fewest(), dict[str, int](), dict[str, int]()
    for day in sorted(joins.keys() | made.keys()):
        level = fewest.now
        for firm in joins[day]:
            before = sum(invitation.counted_from < day for invitation in firm.invited)
            levels[firm.code], counts[firm.code] = level, max(level, before)
        for firm in joins[day]:
            fewest.enter(counts[firm.code])
        for code in made[day]:
            fewest.move(counts[code])
            counts[code] += 1
    return {code: Standing(levels[code], count) for code, count in counts.items()}

"""The draw."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from events.rotation.balance import Cells, Picked, Shares, portion, ticket
from events.rotation.eligibility import Occasion, outside, resting
from events.rotation.given import Candidate, Dimension, Rule
from events.rotation.reasons import Code, Reason, day_of, iso, reason
from events.rotation.standing import Standing, standings

Order = tuple[int, date]


@dataclass(frozen=True)
class Choice:
    """An eligible firm in its rank. Ranks beyond the seats are the order in which freed places are offered."""

    firm: Candidate
    rank: int
    standing: Standing
    ticket: str
    reasons: tuple[Reason, ...]

    @property
    def code(self) -> str:
        """The firm's credit code."""
        return self.firm.code


@dataclass(frozen=True)
class Passed:
    """A firm that was not chosen; without a rank if it was not eligible, without a standing if it is not of the pool."""

    firm: Candidate
    rank: int | None
    standing: Standing | None
    ticket: str
    reasons: tuple[Reason, ...]

    @property
    def code(self) -> str:
        """The firm's credit code."""
        return self.firm.code


@dataclass(frozen=True)
class Share:
    """What a value of a dimension has among the eligible, what that is of the seats, and what it got."""

    dimension: Dimension
    value: str
    eligible: int
    quota: str
    chosen: int


@dataclass(frozen=True)
class Draw:
    """All of one draw: what it was given and what came of it."""

    rule: Rule
    occasion: Occasion
    seed: int
    chosen: tuple[Choice, ...]
    passed_over: tuple[Passed, ...]
    shares: tuple[Share, ...]

    @property
    def reserve(self) -> tuple[Passed, ...]:
        """Eligible firms without a seat, by rank."""
        return tuple(firm for firm in self.passed_over if firm.rank is not None)


@dataclass(frozen=True)
class _Turn:
    """An eligible firm in its turn, with the group of equals that it was ranked in."""

    picked: Picked
    rank: int
    equals: int
    before: int
    "Seats that were gone before the group."
    balance: tuple[Reason, ...]


def draw(  # noqa: PLR0913 - all that a draw depends on
    candidates: Iterable[Candidate], rule: Rule, *, on: date, seed: int, ordinal: int = 0, already: Collection[str] = ()
) -> Draw:
    """Rank the eligible and choose as many as there are seats. The same firms, rule, day and seed give the same draw."""
    firms = sorted(candidates, key=lambda firm: firm.code)
    if len({firm.code for firm in firms}) < len(firms):
        raise ValueError("A firm is given once.")
    occasion = Occasion(on, ordinal, frozenset(already))
    tickets = {firm.code: ticket(seed, firm.code) for firm in firms}
    strangers = {firm.code: tuple(outside(firm, rule)) for firm in firms}
    refused = {firm.code: (*strangers[firm.code], *resting(firm, rule, occasion)) for firm in firms}
    placed = standings(firm for firm in firms if not strangers[firm.code])
    eligible = [firm for firm in firms if not refused[firm.code]]
    turns = list(_turns(eligible, rule, placed, tickets))
    ranked = _Ranked(rule, placed, tickets, turns)
    ineligible = [
        Passed(firm, None, placed.get(firm.code), tickets[firm.code], refused[firm.code]) for firm in firms if refused[firm.code]
    ]
    chosen = tuple(ranked.choice(turn) for turn in turns[: rule.seats])
    over = (*(ranked.passed(turn) for turn in turns[rule.seats :]), *ineligible)
    return Draw(rule, occasion, seed, chosen, over, tuple(_shares(eligible, rule, chosen)))


def _order(firm: Candidate, placed: dict[str, Standing]) -> Order:
    """Fewest times first; of these who was never invited, then whose last time is longest ago."""
    return placed[firm.code].count, firm.last.on if firm.last else date.min


def _turns(eligible: Sequence[Candidate], rule: Rule, placed: dict[str, Standing], tickets: dict[str, str]) -> Iterator[_Turn]:
    groups: defaultdict[Order, list[Candidate]] = defaultdict(list)
    for firm in eligible:
        groups[_order(firm, placed)].append(firm)
    rank = 0
    for order in sorted(groups):
        equals, before = groups[order], rank
        left = rule.seats - before
        divided = 0 < left < len(equals)
        shares = Shares(equals, left if divided else len(equals), rule.balance)
        for picked in Cells(equals, shares, tickets).in_turn():
            rank += 1
            yield _Turn(picked, rank, len(equals), before, tuple(_balance(picked.firm, shares)) if divided else ())
            shares.give(picked.firm)


def _balance(firm: Candidate, shares: Shares) -> Iterator[Reason]:
    for dimension in shares.dimensions:
        value = firm.value(dimension)
        yield reason(
            Code.BALANCE,
            dimension=dimension.value,
            value=value,
            firms=shares.firms[dimension][value],
            equals=shares.equals,
            quota=shares.quota(dimension, value),
            given=shares.given[dimension][value],
            seats=shares.seats,
        )


def _shares(eligible: Sequence[Candidate], rule: Rule, chosen: Sequence[Choice]) -> Iterator[Share]:
    for dimension in rule.balance:
        firms = Counter(firm.value(dimension) for firm in eligible)
        got = Counter(choice.firm.value(dimension) for choice in chosen)
        for value in sorted(firms):
            yield Share(dimension, value, firms[value], portion(rule.seats, firms[value], len(eligible)), got[value])


class _Ranked:
    """Puts reasons to the turns."""

    def __init__(self, rule: Rule, placed: dict[str, Standing], tickets: dict[str, str], turns: Sequence[_Turn]) -> None:
        self._rule, self._placed, self._tickets, self._eligible = rule, placed, tickets, len(turns)
        self._last = turns[min(rule.seats, len(turns)) - 1].picked.firm if turns and rule.seats else None
        self._fewest = min((placed[turn.picked.firm.code].count for turn in turns), default=0)

    def choice(self, turn: _Turn) -> Choice:
        """A firm with a seat."""
        firm = turn.picked.firm
        if self._eligible <= self._rule.seats:
            decided = [reason(Code.SEATS_FOR_ALL, eligible=self._eligible, seats=self._rule.seats)]
        else:
            decided = self._among_equals(turn)
        reasons = (*self._stands(firm), *decided)
        return Choice(firm, turn.rank, self._placed[firm.code], self._tickets[firm.code], reasons)

    def passed(self, turn: _Turn) -> Passed:
        """An eligible firm without a seat."""
        firm = turn.picked.firm
        decided = [*self._behind(firm), *self._among_equals(turn)]
        decided.append(reason(Code.RANKED, rank=turn.rank, seats=self._rule.seats))
        reasons = (*self._stands(firm), *decided)
        return Passed(firm, turn.rank, self._placed[firm.code], self._tickets[firm.code], reasons)

    def _stands(self, firm: Candidate) -> Iterator[Reason]:
        standing = self._placed[firm.code]
        if firm.last is None:
            yield reason(Code.NEVER_INVITED)
        else:
            yield reason(Code.INVITED, times=firm.times, last_on=iso(firm.last.on))
        if standing.level:
            yield reason(Code.JOINED_LATE, joined_on=iso(firm.joined_on), level=standing.level)
        if standing.count == self._fewest:
            yield reason(Code.FEWEST, count=standing.count)
        else:
            yield reason(Code.COUNT, count=standing.count, fewest=self._fewest)

    def _among_equals(self, turn: _Turn) -> list[Reason]:
        """What decided within the one group in which seats ran out."""
        if not turn.before < self._rule.seats < turn.before + turn.equals:
            return []
        left = self._rule.seats - turn.before
        decided = [reason(Code.EQUALS, equals=turn.equals, seats=left), *turn.balance]
        if turn.picked.among > 1:
            decided.append(reason(Code.LOT, among=turn.picked.among, ticket=self._tickets[turn.picked.firm.code]))
        return decided

    def _behind(self, firm: Candidate) -> Iterator[Reason]:
        """Where a firm stands behind the last one with a seat; nothing if they are equals."""
        if self._last is None or _order(firm, self._placed) == _order(self._last, self._placed):
            return
        counts = self._placed[firm.code].count, self._placed[self._last.code].count
        if counts[0] > counts[1]:
            yield reason(Code.MORE_OFTEN, count=counts[0], last_chosen=counts[1])
        else:
            yield reason(Code.MORE_RECENTLY, last_on=day_of(firm.last), last_chosen=day_of(self._last.last))

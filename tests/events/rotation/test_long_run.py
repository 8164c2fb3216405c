"""Five hundred firms, a hundred breakfasts."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.rotation.drawing import draw
from events.rotation.given import BALANCE, Invitation, Rule
from tests.events.rotation.firms import FIRST, OPENED, firm


class Series:
    """Breakfasts every week; the invitations go out ten days before."""

    def __init__(self, firms, rule):
        self.firms, self.rule, self.ordinal, self.draws = {one.code: one for one in firms}, rule, 0, []

    @property
    def on(self):
        return FIRST + timedelta(days=7 * self.ordinal)

    def hold(self):
        self.ordinal += 1
        made_on = self.on - timedelta(days=10)
        drawn = draw(self.firms.values(), self.rule, on=self.on, seed=self.ordinal, ordinal=self.ordinal)
        for choice in drawn.chosen:
            invited = (*choice.firm.invited, Invitation(self.on, self.ordinal, made_on))
            self.firms[choice.code] = replace(choice.firm, invited=invited)
        self.draws.append(drawn)
        return drawn

    def join(self, code, **given):
        self.firms[code] = firm(code, joined_on=self.on - timedelta(days=9), **given)

    def counts(self):
        everybody = draw(self.firms.values(), Rule(0), on=self.on + timedelta(days=7), seed=0)
        return [place.standing.count for place in everybody.passed_over]

    def spread(self):
        counts = self.counts()
        return max(counts) - min(counts)


def district(number, seed=7):
    chance = random.Random(seed)
    return [
        firm(
            f"91210112{code:010d}",
            sector=chance.choices("CFIMEHL", (30, 25, 12, 10, 8, 8, 7))[0],
            size=chance.choices(("large", "medium", "small", "micro"), (3, 12, 45, 40))[0],
            town=f"T{chance.randrange(15)}",
            joined_on=OPENED + timedelta(days=chance.randrange(300)),
        )
        for code in range(number)
    ]


@pytest.fixture(scope="module")
def hundred():
    series = Series(district(500), Rule(30, cooling_off_days=28, cooling_off_occasions=2))
    spreads = [(series.hold(), series.spread())[1] for _ in range(100)]
    return series, spreads


def test_no_firm_is_ever_two_invitations_ahead(hundred):
    series, spreads = hundred

    assert max(spreads) == 1
    assert Counter(len(one.invited) for one in series.firms.values()) == {6: 500}


def test_everybody_was_there_before_anybody_is_asked_again(hundred):
    series, _ = hundred

    first = [choice.code for drawn in series.draws[:17] for choice in drawn.chosen][:500]
    assert len(set(first)) == 500


def test_nobody_is_asked_while_cooling_off(hundred):
    series, _ = hundred

    gaps = [
        later.on - one.on for each in series.firms.values() for one, later in zip(each.invited, each.invited[1:], strict=False)
    ]
    assert min(gaps) >= timedelta(days=28)


def test_sectors_keep_their_shares_of_the_eligible(hundred):
    """Less than one seat off in the first draw, where all are equals; never two of thirty in a hundred draws of this district."""
    series, _ = hundred
    off = [
        max(abs(share.chosen - float(share.quota)) for share in drawn.shares if share.dimension == BALANCE[0])
        for drawn in series.draws
    ]

    assert off[0] < 1
    assert max(off) < 2


def test_firms_come_and_go_and_nobody_gets_ahead():
    series, chance = Series(district(120), Rule(10, cooling_off_occasions=1)), random.Random(3)
    for number in range(80):
        if number % 3 == 0:
            series.join(f"N{number}", sector="CFI"[number % 9 // 3], town="T1")
        if number % 5 == 0:
            del series.firms[chance.choice(sorted(series.firms))]
        series.hold()
        assert series.spread() <= 1


def test_a_newcomer_is_not_asked_time_after_time():
    series = Series(district(40), Rule(10))
    for _ in range(40):
        series.hold()
    series.join("NEW")
    for _ in range(8):
        series.hold()

    assert len(series.firms["NEW"].invited) == 2


def test_who_returns_gains_nothing():
    series = Series(district(40), Rule(10))
    for _ in range(6):
        series.hold()
    ahead = next(one for one in series.firms.values() if len(one.invited) == 2)
    series.firms[ahead.code] = replace(ahead, joined_on=series.on - timedelta(days=9))

    assert series.spread() == 1
    assert ahead.code not in {choice.code for choice in series.hold().chosen}


@given(
    number=st.integers(8, 40), seats=st.integers(1, 8), rest=st.integers(0, 3), comings=st.lists(st.integers(0, 3), max_size=25)
)
@settings(max_examples=40, deadline=None)
def test_with_room_for_the_cooling_off_the_difference_stays_one(number, seats, rest, comings):
    """Whole pool, those who cool off included, as long as it is no smaller than the rounds that the cooling-off spans."""
    number = max(number, seats * (rest + 1))
    series = Series(district(number), Rule(seats, cooling_off_occasions=rest))
    for turn, coming in enumerate(comings):
        if coming == 3:
            series.join(f"N{turn}")
        series.hold()
        assert series.spread() <= 1

"""What holds for every draw: determinism, eligibility, the fewest first, a record from which it can be drawn again."""

import json
from datetime import timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from events.rotation.drawing import draw
from events.rotation.given import Rule
from events.rotation.record import as_json
from tests.events.rotation import recheck
from tests.events.rotation.firms import FIRST, pools, rules

ON = FIRST + timedelta(days=7)
SEEDS = st.integers(0, 2**64)


@given(pools(max_size=25), rules(), SEEDS, st.randoms())
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_firms_does_not_matter(firms, rule, seed, random):
    shuffled = random.sample(firms, len(firms))

    assert draw(shuffled, rule, on=ON, seed=seed, ordinal=62) == draw(firms, rule, on=ON, seed=seed, ordinal=62)


@given(pools(max_size=18), rules(), SEEDS, st.data())
@settings(max_examples=120, deadline=None)
def test_another_program_draws_the_same_from_the_record(firms, rule, seed, data):
    codes = [one.code for one in firms]
    already = data.draw(st.sets(st.sampled_from(codes), max_size=3)) if codes else set()
    record = json.loads(json.dumps(as_json(draw(firms, rule, on=ON, seed=seed, ordinal=62, already=already))))

    ranked, levels, count = recheck.order(record)

    places = record["chosen"] + record["passed_over"]
    assert [place["firm"]["code"] for place in places if place["rank"]] == ranked
    assert [place["rank"] for place in places if place["rank"]] == list(range(1, len(ranked) + 1))
    assert len(record["chosen"]) == min(rule.seats, len(ranked))
    in_pool = [place for place in places if place["count"] is not None]
    assert {place["firm"]["code"]: (place["level"], place["count"]) for place in in_pool} == {
        code: (levels[code], count[code]) for code in count
    }


@given(pools(max_size=25), rules(), SEEDS)
@settings(max_examples=80, deadline=None)
def test_every_firm_is_somewhere_once_and_knows_why(firms, rule, seed):
    drawn = draw(firms, rule, on=ON, seed=seed, ordinal=62)

    places = [*drawn.chosen, *drawn.passed_over]
    assert sorted(place.code for place in places) == sorted(one.code for one in firms)
    assert all(place.reasons for place in places)


@given(pools(max_size=25), rules(), SEEDS)
@settings(max_examples=80, deadline=None)
def test_one_draw_never_widens_the_difference_beyond_one(firms, rule, seed):
    """Whatever the past was: among the eligible the difference after is at most the one before, or one."""
    counts = as_json(draw(firms, rule, on=ON, seed=seed, ordinal=62))["pool"]
    before, after = counts["counts_before"], counts["counts_after"]

    assert before["most"] is None or after["most"] - after["fewest"] <= max(1, before["most"] - before["fewest"])


@given(pools(max_size=25), rules(), SEEDS)
@settings(max_examples=80, deadline=None)
def test_nobody_is_chosen_before_one_who_counts_fewer_or_was_never_invited(firms, rule, seed):
    drawn = draw(firms, rule, on=ON, seed=seed, ordinal=62)

    worst = max((choice.standing.count for choice in drawn.chosen), default=0)
    assert all(passed.standing.count >= worst for passed in drawn.reserve)
    never = [passed for passed in drawn.reserve if not passed.firm.invited and passed.standing.count == worst]
    assert not never or not any(choice.firm.invited for choice in drawn.chosen if choice.standing.count == worst)


@given(pools(max_size=40), rules(), SEEDS)
@settings(max_examples=80, deadline=None)
def test_no_value_of_the_first_dimension_is_a_whole_seat_from_its_share_of_those_who_stand_equal(firms, rule, seed):
    drawn = draw(firms, rule, on=ON, seed=seed, ordinal=62)
    if not rule.balance or not drawn.chosen:
        return

    border = stands(drawn.chosen[-1])
    chosen = [choice.firm.value(rule.balance[0]) for choice in drawn.chosen if stands(choice) == border]
    equals = chosen + [passed.firm.value(rule.balance[0]) for passed in drawn.reserve if stands(passed) == border]
    for value in set(equals):
        assert abs(chosen.count(value) - Fraction(len(chosen) * equals.count(value), len(equals))) < 1


def stands(place):
    return place.standing.count, place.firm.last and place.firm.last.on


@given(pools(min_size=2, max_size=25))
@settings(max_examples=40, deadline=None)
def test_the_seed_decides_nothing_when_there_is_a_seat_for_all(firms):
    rule = Rule(len(firms) + 5)
    codes = [{choice.code for choice in draw(firms, rule, on=ON, seed=seed).chosen} for seed in (1, 2)]

    assert codes[0] == codes[1] == {one.code for one in firms if one.verified}

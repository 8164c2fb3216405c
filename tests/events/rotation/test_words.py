"""Every firm reads in its own language why it comes or not."""

from datetime import date

import pytest
from django.utils.translation import override

from events.rotation.balance import ticket
from events.rotation.drawing import draw
from events.rotation.given import Dimension, Invitation, Rule
from events.rotation.reasons import Code
from events.rotation.record import as_json
from events.rotation.words import SENTENCES, say
from tests.events.rotation.firms import firm

ON = date(2022, 6, 1)
MAY, APRIL = Invitation(date(2022, 5, 18), 12), Invitation(date(2022, 4, 6), 6)


def words(drawn, language="en"):
    with override(language):
        return {place.code: [say(reason) for reason in place.reasons] for place in (*drawn.chosen, *drawn.passed_over)}


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Code)


def test_the_never_invited_first_and_the_others_know_it():
    drawn = draw([firm("A"), firm("B", invited=[APRIL, MAY])], Rule(1), on=ON, seed=1)

    assert words(drawn) == {
        "A": ["never invited before", "counts 0, the fewest among the eligible"],
        "B": [
            "invited 2 times, last for 2022-05-18",
            "counts 2; the fewest among the eligible is 0",
            "counts 2; the last one chosen counts 0",
            "ranked no. 2; 1 seats",
        ],
    }


def test_longest_ago_before_lately():
    drawn = draw([firm("A", invited=[MAY]), firm("B", invited=[APRIL])], Rule(1), on=ON, seed=1)

    assert [choice.code for choice in drawn.chosen] == ["B"]
    assert "last invited for 2022-05-18; the last one chosen for 2022-04-06" in words(drawn)["A"]


def test_cooling_off_says_until_when():
    drawn = draw([firm("A", invited=[MAY])], Rule(1, cooling_off_days=30, cooling_off_occasions=2), on=ON, seed=1, ordinal=13)

    assert words(drawn)["A"] == [
        "cooling-off of 30 days after the invitation for 2022-05-18: may be drawn again from 2022-06-17",
        "cooling-off of 2 occasions after no. 12: may be drawn again from no. 15",
    ]


@pytest.mark.parametrize(("on", "chosen"), [(date(2022, 6, 16), 0), (date(2022, 6, 17), 1)])
def test_cooling_off_ends_on_its_day(on, chosen):
    assert len(draw([firm("A", invited=[MAY])], Rule(1, cooling_off_days=30), on=on, seed=1).chosen) == chosen


@pytest.mark.parametrize(("ordinal", "chosen"), [(14, 0), (15, 1)])
def test_cooling_off_ends_with_its_occasion(ordinal, chosen):
    drawn = draw([firm("A", invited=[MAY])], Rule(1, cooling_off_occasions=2), on=ON, seed=1, ordinal=ordinal)

    assert len(drawn.chosen) == chosen


def test_what_was_not_asked_for_is_named():
    rule = Rule(1, sectors=frozenset("CI"), labels=frozenset({"规上"}))
    drawn = draw([firm("A", sector="F", verified=False)], rule, on=ON, seed=1)

    assert words(drawn)["A"] == [
        "the firm is not verified",
        "sector not asked for: F (asked for: C, I)",
        "has none of the labels asked for: 规上",
    ]


def test_balance_and_lot_among_equals():
    firms = [firm("A"), firm("B"), firm("C"), firm("D", sector="F")]
    drawn = draw(firms, Rule(1, balance=(Dimension.SECTOR,)), on=ON, seed=5)

    assert words(drawn)[drawn.chosen[0].code] == [
        "never invited before",
        "counts 0, the fewest among the eligible",
        "one of 4 firms with equal standing for the last 1 seats",
        "sector C: 3 of these 4 firms, a share of 0.75 of 1 seats; 0 ranked before it",
        f"ranked by lot among 3 firms with equal standing: ticket {drawn.chosen[0].ticket[:8]}…",
    ]


def test_seats_for_all_and_a_firm_that_is_invited_already():
    drawn = draw([firm("A"), firm("B")], Rule(3), on=ON, seed=1, already=["B"])

    assert words(drawn)["A"][-1] == "seats for all who are eligible: 1 firms, 3 seats"
    assert words(drawn)["B"] == ["invited to this occasion already"]


def test_a_late_comer_reads_where_its_count_starts():
    drawn = draw([firm("A", invited=[MAY]), firm("N", joined_on=date(2022, 5, 20))], Rule(1), on=ON, seed=1)

    assert words(drawn)["N"][:2] == [
        "never invited before",
        "joined on 2022-05-20, when the fewest of the pool was 1: its own count starts there",
    ]


def test_the_same_in_chinese():
    with override("zh-hans"):
        drawn = draw([firm("A"), firm("B", invited=[MAY])], Rule(1), on=ON, seed=1)

    assert words(drawn, "zh-hans")["B"][0] == "已受邀 1 次，最近一次为 2022-05-18"


def test_the_record_names_values_in_both_languages():
    drawn = draw([firm("A", sector="F")], Rule(1, sectors=frozenset("C")), on=ON, seed=1)
    record = as_json(drawn, lambda _, value: {"C": "制造业", "F": "批发和零售业"}[value])

    assert record["passed_over"][0]["reasons"][0] == {
        "code": "not_asked_for",
        "facts": {"dimension": "sector", "value": "F", "asked": ["C"]},
        "words": {
            "zh": "行业不在本次邀请范围：批发和零售业（邀请范围：制造业）",
            "en": "sector not asked for: 批发和零售业 (asked for: 制造业)",
        },
    }


@pytest.mark.parametrize("wrong", [{"seats": -1}, {"seats": 1, "balance": (Dimension.TOWN, Dimension.TOWN)}])
def test_a_rule_without_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"nought|once"):
        Rule(**wrong)


def test_a_firm_given_twice_is_refused():
    with pytest.raises(ValueError, match="once"):
        draw([firm("A"), firm("A")], Rule(1), on=ON, seed=1)


def test_a_place_that_is_given_back_goes_to_the_next_in_rank():
    drawn = draw([firm(code) for code in "ABCDE"], Rule(2), on=ON, seed=9)

    again = draw([firm(code) for code in "ABCDE"], Rule(1), on=ON, seed=9, already=[choice.code for choice in drawn.chosen])
    assert drawn.reserve[0].rank == 3
    assert again.chosen[0].code == drawn.reserve[0].code


def test_no_seats_no_firms_and_nobody_eligible_are_no_mistakes():
    assert draw([], Rule(3), on=ON, seed=1).chosen == ()
    assert draw([firm("A")], Rule(0), on=ON, seed=1).chosen == ()
    record = as_json(draw([firm("A", verified=False)], Rule(3), on=ON, seed=1))

    assert record["pool"] == {
        "candidates": 1,
        "eligible": 0,
        "chosen": 0,
        "not_eligible": {"not_verified": 1},
        "counts_before": {"fewest": None, "most": None},
        "counts_after": {"fewest": None, "most": None},
    }


def test_tickets_are_those_of_any_sha256():
    """printf '42:91210112MA0UABCD1X' | sha256sum."""
    assert ticket(42, "91210112MA0UABCD1X") == "9261a817baff96485c61953b3a6e74c33d46366101cdefed5ec9320ac78c77db"

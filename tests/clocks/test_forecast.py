"""What would fire, and what should have fired."""

from datetime import timedelta

import pytest

from liaison.clocks.actions.climbing import climb
from liaison.clocks.actions.forcing import force
from liaison.clocks.actions.keeping import Matter, Standstill, extend_clock, keep
from liaison.clocks.actions.rules import rungs_in_force
from liaison.clocks.enums import Basis, Light, PauseReason, StepState, Told
from liaison.clocks.forecast import Verdict, should_have_fired, would_fire
from liaison.clocks.models import Rung, Step
from tests.clocks.conftest import MONDAY, SECOND, THING, end_clock_of, reached_at, start_clock, wanted
from tests.people import person

pytestmark = pytest.mark.usefixtures("db", "things")
LATER = MONDAY + timedelta(days=60)


def verdicts(start=MONDAY, end=LATER):
    return [(each.level, each.verdict) for each in should_have_fired(start, end)]


def agreed(*levels):
    return [(level, Verdict.AGREED) for level in levels]


def pause(pk, now):
    keep(Matter(THING, pk), [wanted(still=Standstill(PauseReason.FIRM))], done=lambda _clock: True, now=now)


def resume(pk, now):
    keep(Matter(THING, pk), [wanted()], done=lambda _clock: True, now=now)


def test_a_week_ahead_by_what_is_planned():
    clock = start_clock()
    start_clock(2)
    pause(2, MONDAY + SECOND)

    found = would_fire(MONDAY, days=8)

    assert [(each.clock.pk, each.level, each.at) for each in found] == [
        (clock.pk, level, reached_at(clock, level)) for level in (1, 2, 3)
    ]
    assert {(each.light, each.told, each.verdict) for each in found if each.level == 1} == {
        (Light.BLUE, ("handler", "liaison"), Verdict.PLANNED)
    }


def test_a_week_ahead_by_another_ladder_writes_nothing():
    clock = start_clock()
    climb(reached_at(clock, 1))
    rows = list(Step.objects.values())
    other = [
        Rung(level=level, light=Light.RED, basis=Basis.SHARE, amount=amount, told=[Told.HEAD])
        for level, amount in ((1, 10), (2, 20))
    ]

    found = would_fire(MONDAY, rungs={"": other})

    assert [(each.level, each.told) for each in found] == [(2, ("head",))]
    assert found[0].at < reached_at(clock, 2)
    assert list(Step.objects.values()) == rows


def test_all_that_was_reached_agrees():
    clock = start_clock()
    for level in range(1, 7):
        climb(reached_at(clock, level))

    assert verdicts() == agreed(1, 2, 3, 4, 5, 6)


def test_superseded_rungs_agree():
    clock = start_clock()
    climb(reached_at(clock, 6))

    assert verdicts() == agreed(1, 2, 3, 4, 5, 6)


def test_what_was_never_swept_is_missing():
    clock = start_clock()
    climb(reached_at(clock, 1))

    found = verdicts(end=reached_at(clock, 3) + timedelta(hours=1))

    assert found == [(1, Verdict.AGREED), (2, Verdict.MISSING), (3, Verdict.MISSING)]


def test_an_act_just_before_the_sweep_makes_nothing_missing():
    clock = start_clock()
    end_clock_of(1, reached_at(clock, 1) + timedelta(seconds=10))

    assert verdicts() == []


def test_an_act_long_after_shows_what_was_missing():
    clock = start_clock()
    end_clock_of(1, reached_at(clock, 1) + timedelta(hours=1))

    assert verdicts() == [(1, Verdict.MISSING)]


def test_what_was_told_too_early_is_extra():
    clock = start_clock()
    Step.objects.filter(clock=clock, level=2).update(state=StepState.FIRED, settled_at=MONDAY + SECOND)

    assert verdicts(end=MONDAY + timedelta(hours=1)) == [(2, Verdict.EXTRA)]


def test_what_an_event_forced_is_neither_missing_nor_extra():
    clock = start_clock()
    force(clock, 5, MONDAY + SECOND)
    climb(MONDAY + SECOND)

    assert verdicts(end=MONDAY + timedelta(hours=1)) == []


def test_pauses_and_new_dates_are_replayed_as_they_were():
    clock = start_clock()
    climb(reached_at(clock, 1))
    pause(1, reached_at(clock, 1) + timedelta(hours=1))
    back = reached_at(clock, 1) + timedelta(days=7)
    assert climb(back).fired == 0
    resume(1, back)
    climb(reached_at(clock, 2))
    climb(reached_at(clock, 3))
    clock.refresh_from_db()
    extend_clock(clock, (back + timedelta(days=30)).date(), now=reached_at(clock, 3) + timedelta(hours=1), by=person())
    for level in (1, 2, 3):
        climb(reached_at(clock, level))
    end_clock_of(1, reached_at(clock, 3) + timedelta(hours=1))

    found = should_have_fired(MONDAY, LATER)

    assert [(each.step.cycle, each.level, each.verdict) for each in found] == [
        (cycle, level, Verdict.AGREED) for cycle in (1, 2) for level in (1, 2, 3)
    ]


def test_both_answers_cost_the_same_for_one_clock_and_for_many(django_assert_max_num_queries):
    for pk in range(10):
        start_clock(pk)
    rungs_in_force()
    with django_assert_max_num_queries(6):
        would_fire(MONDAY)
    with django_assert_max_num_queries(7):
        should_have_fired(MONDAY, LATER)

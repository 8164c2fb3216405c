"""The sweep of the ladder, on matters of a room of its own."""

import itertools
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.clocks.actions.climbing import Climbed, climb
from liaison.clocks.actions.forcing import force
from liaison.clocks.actions.keeping import Matter, Standstill, extend_clock, keep
from liaison.clocks.enums import Light, PauseReason
from liaison.clocks.models import Clock, Step
from liaison.workdays.limits import Limit, LimitUnit
from tests.clocks.conftest import MONDAY, SECOND, THING, end_clock_of, reached_at, start_clock, states, wanted
from tests.people import person

LATER = MONDAY + timedelta(days=60)
ALL = range(1, 7)


def paused(pk, now):
    keep(Matter(THING, pk), [wanted(still=Standstill(PauseReason.FIRM))], done=lambda _clock: True, now=now)


def resumed(pk, now):
    keep(Matter(THING, pk), [wanted()], done=lambda _clock: True, now=now)


def test_after_three_days_without_a_beat_the_highest_rung_is_told_and_nobody_is_flooded(db, things):
    """T37: five deadlines pass meanwhile; each clock tells once, the lower rungs are superseded."""
    clocks = [start_clock(pk, MONDAY + timedelta(hours=pk)) for pk in range(5)]
    beat = reached_at(clocks[-1], 4) + timedelta(days=3)

    done = climb(beat)

    assert done == Climbed(clocks=5, fired=5, superseded=15)
    assert sorted(things.fired) == [(pk, 1, 4) for pk in range(5)]
    assert states(clocks[0]) == {**dict.fromkeys((1, 2, 3), "superseded"), 4: "fired", 5: "planned", 6: "planned"}
    assert [climb(beat) for _time in range(9)] == [Climbed()] * 9


def test_a_condition_that_does_not_hold_spares_the_rung(db, things):
    clock = start_clock()
    things.spared.add(1)

    assert climb(reached_at(clock, 2)) == Climbed(clocks=1, spared=2)
    things.spared.clear()
    climb(reached_at(clock, 3))

    assert things.fired == [(1, 1, 3)]
    assert states(clock) == {1: "spared", 2: "spared", 3: "fired", **dict.fromkeys((4, 5, 6), "planned")}


def test_a_paused_clock_reaches_nothing_and_goes_on_where_it_stood(db, things):
    """T07, T24."""
    clock = start_clock()
    before = reached_at(clock, 1)
    paused(1, before - SECOND)

    nothing = climb(LATER)
    resumed(1, LATER)

    assert nothing == Climbed()
    assert climb(LATER) == Climbed()
    assert reached_at(clock, 1) > LATER
    climb(reached_at(clock, 1))
    assert things.fired == [(1, 1, 1)]


def test_what_has_ended_reaches_nothing_more(db, things):
    """T05."""
    clock = start_clock()
    climb(reached_at(clock, 1))
    end_clock_of(1, reached_at(clock, 2) - SECOND)

    climb(LATER)

    assert things.fired == [(1, 1, 1)]
    assert states(clock) == {1: "fired", **dict.fromkeys(range(2, 7), "cancelled")}


def test_a_new_date_begins_the_ladder_anew(db, things):
    clock = start_clock()
    climb(reached_at(clock, 3))
    clock.refresh_from_db()
    extend_clock(clock, (MONDAY + timedelta(days=30)).date(), now=reached_at(clock, 3), by=person("desk9"))

    assert (clock.level, climb(reached_at(clock, 1) - SECOND)) == (0, Climbed())
    climb(reached_at(clock, 2))

    assert things.fired == [(1, 1, 3), (1, 2, 2)]
    assert states(clock, cycle=1) == {1: "superseded", 2: "superseded", 3: "fired", **dict.fromkeys((4, 5, 6), "cancelled")}


@pytest.mark.parametrize(
    "limit", [Limit(1, LimitUnit.WORKING_HOURS), Limit(1, LimitUnit.WORKING_DAYS), Limit(1, LimitUnit.HOURS)]
)
def test_no_rung_is_reached_when_the_clock_begins(db, things, limit):
    """T21: ten working days after the due moment, or half of an hour's limit, are never "at once"."""
    clock = start_clock(limit=limit)

    assert climb(MONDAY) == Climbed()
    assert min(reached_at(clock, level) for level in ALL) > MONDAY


def test_a_matter_in_use_is_left_to_the_next_sweep_and_holds_up_nobody(db, things):
    clocks = [start_clock(pk) for pk in (1, 2, 3)]
    things.held.add(1)

    first = climb(reached_at(clocks[0], 1), batch=1)
    things.held.clear()
    second = climb(reached_at(clocks[0], 1), batch=1)

    assert (first.fired, second.fired) == (2, 1)
    assert [pk for pk, _cycle, _level in things.fired] == [2, 3, 1]


def test_one_bad_clock_is_put_off_and_the_others_are_told(db, things, caplog):
    clocks = [start_clock(pk) for pk in (1, 2, 3)]
    now = reached_at(clocks[0], 1)
    things.bad.add(2)

    done = climb(now)
    things.bad.clear()

    assert (done.fired, done.failed) == (2, 1)
    assert f"Clock {clocks[1].pk} could not be settled" in caplog.text
    assert climb(now + timedelta(minutes=59)) == Climbed()
    assert climb(now + timedelta(hours=1)).fired == 1
    assert sorted(things.fired) == [(1, 1, 1), (2, 1, 1), (3, 1, 1)]


def test_a_database_that_goes_away_puts_nothing_off(db, things, monkeypatch):
    clock = start_clock()
    now = reached_at(clock, 1)

    def away(*_args):
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(things, "fire", away)
        with pytest.raises(OperationalError):
            climb(now)

    assert climb(now).fired == 1


def test_the_machines_clock_jumps_two_hours_and_back(db, things):
    """No rung twice, none lost."""
    clock = start_clock()
    for level in ALL:
        at = reached_at(clock, level)
        for hours in (-2, 2, 0, -2, 2, 0):
            climb(at + timedelta(hours=hours))

    assert things.fired == [(1, 1, level) for level in ALL]


def test_it_stops_when_its_time_is_over(db, things):
    clock = start_clock()

    assert climb(reached_at(clock, 1), until=0) == Climbed()


def test_a_sweep_with_nothing_to_do_costs_two_looks_into_an_index(db, things, django_assert_num_queries):
    start_clock()
    with django_assert_num_queries(4):  # and the savepoint around them
        climb(MONDAY)


def test_both_looks_use_their_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    due = Clock.objects.filter(next_step_at__lte=MONDAY).order_by("next_step_at", "pk")[:10]
    forced = Step.objects.filter(state="planned", forced=True, due_at__lte=MONDAY).values("clock")
    assert "clock_next_step" in due.explain()
    assert "step_forced" in forced.order_by().explain()


# --- rungs reached by what happened -------------------------------------------------------------------
def test_an_event_forces_a_rung_of_a_clock_that_has_ended_once(db, things):
    clock = start_clock()
    end_clock_of(1, MONDAY + SECOND)
    for _time in range(3):
        force(clock, 5, LATER)
        climb(LATER)

    assert things.fired == [(1, 1, 5)]
    assert states(clock)[5] == "fired"


def test_a_forced_rung_supersedes_the_planned_ones_below(db, things):
    clock = start_clock()
    force(clock, 5, MONDAY + SECOND)

    climb(MONDAY + SECOND)
    clock.refresh_from_db()

    assert states(clock) == {**dict.fromkeys((1, 2, 3, 4), "superseded"), 5: "fired", 6: "planned"}
    assert (clock.level, clock.light, clock.next_step_at) == (5, Light.RED, reached_at(clock, 6))


def test_a_forced_rung_is_told_although_the_clock_stands_still(db, things):
    clock = start_clock()
    paused(1, MONDAY + SECOND)
    force(clock, 6, LATER)

    climb(LATER)
    clock.refresh_from_db()

    assert things.fired == [(1, 1, 6)]
    assert clock.next_step_at is None


def test_what_was_told_is_not_forced_again(db, things):
    clock = start_clock()
    climb(reached_at(clock, 6))

    assert [force(clock, level, LATER) for level in (4, 5, 6)] == [None, None, None]
    assert climb(LATER) == Climbed()


def test_a_rung_that_the_ladder_does_not_have_cannot_be_forced(db, things):
    assert force(start_clock(), 9, LATER) is None


# --- properties ---------------------------------------------------------------------------------------
numbers = itertools.count(1000, 2)
acts = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(["nothing", "pause", "resume", "extend", "end", "force"]), st.integers(1, 4)),
    max_size=7,
)


def life(pk, story, *, times):
    """One clock's story; after each act the sweep runs, once or several times."""
    clock, now = start_clock(pk), MONDAY
    for hours, act, _runs in story:
        now += timedelta(hours=hours)
        clock = Clock.objects.get(pk=clock.pk)
        if clock.is_running:
            happens(act, clock, pk, now)
        for _run in range(times(_runs)):
            climb(now)
    clock.refresh_from_db()
    rows = (
        Step.objects.filter(clock=clock).order_by("cycle", "level").values_list("cycle", "level", "state", "settled_at", "due_at")
    )
    return list(rows), (clock.level, clock.light, clock.next_step_at, clock.due_at, clock.outcome)


def happens(act, clock, pk, now):
    match act:
        case "pause":
            paused(pk, now)
        case "resume":
            resumed(pk, now)
        case "extend":
            extend_clock(clock, (max(now, clock.due_at) + timedelta(days=3)).date(), now=now, by=person(f"by{pk}-{now:%d%H}"))
        case "end":
            end_clock_of(pk, now)
        case "force":
            force(clock, 5, now)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_many_runs_are_one_run(db, things, story):
    """CASES rule 10: whatever happens in between, k runs of the sweep leave the same as one."""
    pk = next(numbers)
    once = life(pk, story, times=lambda _runs: 1)
    often = life(pk + 1, story, times=lambda runs: runs)

    assert often == once
    told = {(cycle, level) for number, cycle, level in things.fired if number == pk + 1}
    assert sorted(told) == sorted((cycle, level) for number, cycle, level in things.fired if number == pk)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(6)), st.integers(1, 6), st.integers(1, 6))
def test_the_order_of_equal_moments_changes_nothing(db, things, order, batch, level):
    first = next(numbers) * 10
    things.fired.clear()
    clocks = [start_clock(first + place) for place in order]

    climb(reached_at(clocks[0], level), batch=batch)

    assert sorted(things.fired) == [(first + place, 1, level) for place in range(6)]
    for clock in clocks:
        end_clock_of(clock.subject_id, LATER)

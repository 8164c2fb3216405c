"""Sweeps beside each other, with real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from liaison.clocks.actions.climbing import climb
from liaison.clocks.models import Clock, Step
from tests.clocks.conftest import reached_at, start_clock

pytestmark = pytest.mark.django_db(transaction=True)


def together(calls):
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_four_sweeps_at_once_tell_each_rung_once(things):
    clocks = [start_clock(pk) for pk in range(60)]
    now = reached_at(clocks[0], 4)

    done = together([lambda: climb(now, batch=7)] * 4)

    assert sum(each.fired for each in done) == 60
    assert sorted(things.fired) == [(pk, 1, 4) for pk in range(60)]
    assert Step.objects.filter(state="fired").count() == 60


def test_sweeps_with_different_clocks_of_the_hour_agree(things):
    clocks = [start_clock(pk) for pk in range(40)]
    now = reached_at(clocks[0], 3)

    together([lambda hours=hours: climb(now + timedelta(hours=hours), batch=5) for hours in (0, 2, 0, 2)])

    assert sorted(things.fired) == [(pk, 1, 3) for pk in range(40)]


def test_a_sweep_does_not_wait_for_a_clock_that_an_act_holds(things):
    clocks = [start_clock(pk) for pk in range(3)]
    with transaction.atomic():
        Clock.objects.select_for_update(no_key=True).get(pk=clocks[1].pk)
        [done] = together([lambda: climb(reached_at(clocks[0], 2))])

    assert done.fired == 2
    assert climb(reached_at(clocks[0], 2)).fired == 1

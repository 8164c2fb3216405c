"""Workers die while many clocks are due: each rung is reached once, each message is in the inbox once (T37, R01).

The same at full size, with more faults: ``python -m benchmarks.ladder --count 50000``.
"""

import random
import time

import pytest

pytestmark = [pytest.mark.launch, pytest.mark.slow]
CLOCKS = 300
SECONDS = 300
"A beat every 15 seconds, a dead worker's start, and a busy machine."
FILL = (
    f"import django; django.setup(); from benchmarks.ladder_cast import fill, make_district; fill(make_district(), {CLOCKS}, 3)"
)
CHECK = f"import django; django.setup(); from benchmarks.ladder import check; check({CLOCKS}, 3, delivered=False)"
DUE = "SELECT count(*) FROM clocks_clock WHERE next_step_at <= now()"


def test_a_worker_dies_while_three_hundred_clocks_are_due(portal):
    portal.run("-c", FILL)
    killed, chance, end = 0, random.Random(7), time.monotonic() + SECONDS
    while portal.ask(DUE) != [(0,)]:
        assert time.monotonic() < end, portal.ask(DUE)
        if killed < 2:
            portal.kill(chance.choice(["worker", "worker child"]))
            killed += 1
        time.sleep(chance.uniform(0.2, 3))

    assert killed
    portal.run("-c", CHECK)

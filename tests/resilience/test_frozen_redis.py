"""Redis stands still (SIGSTOP): every page answers at once, nothing is lost, all is delivered when it goes on (R06)."""

import logging
import os
import signal
import time
from collections.abc import Callable

import httpx
import pytest

from tests.resilience.cast import DESK
from tests.resilience.running import Visitor, issue_form, serial_of

logger = logging.getLogger(__name__)
pytestmark = [pytest.mark.launch, pytest.mark.slow]
FROZEN_SECONDS = float(os.environ.get("LIAISON_FROZEN_SECONDS") or 15)
"Longer than the worker's own patience with a silent Redis, so that its reconnecting is tried too."
BOUND = 1.0
SLOWER = 3.0
"On a busy machine: so many times what the same page took before."
ADMIT = {"category": "01", "nature": "help", "kind": "individual", "urgency": "normal"}


class Stopwatch:
    """The longest time that each act took."""

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}

    def __call__(self, name: str, act: Callable[[], httpx.Response]) -> httpx.Response:
        began = time.monotonic()
        answer = act()
        self.longest[name] = max(self.longest.get(name, 0.0), time.monotonic() - began)
        return answer


def everything(portal, watch: Stopwatch, firm: Visitor, desk: Visitor, word: str) -> int:
    """What people do on a day; returns the issue's number."""
    watch("sign in", lambda: Visitor(portal, "firm1").client.get("/inbox/"))
    sent = watch("submit", lambda: firm.post("/issues/new/", **issue_form(word)))
    assert sent.status_code == 302, sent.text
    serial = serial_of(sent.headers["Location"])
    page = "/issues/{}-{}/".format(*portal.ask(f"SELECT year, serial FROM issues_issue WHERE serial = {serial}")[0])
    assert watch("open", lambda: desk.client.get(page)).status_code == 200
    assert watch("step", lambda: desk.post(f"{page}admit/", **ADMIT)).status_code == 302
    assert watch("inbox", lambda: desk.client.get("/inbox/")).status_code == 200
    return serial


def test_nobody_waits_for_a_frozen_redis_and_nothing_is_lost(portal):
    firm, desk = Visitor(portal, "firm0"), Visitor(portal, "desk1")
    usual, frozen = Stopwatch(), Stopwatch()
    serials = [everything(portal, usual, firm, desk, f"before-{number}") for number in range(3)]
    usual("healthz", lambda: firm.client.get("/healthz"))
    assert portal.all_delivered(60)

    redis = portal.part("redis")
    os.kill(redis, signal.SIGSTOP)
    try:
        end = time.monotonic() + FROZEN_SECONDS
        while time.monotonic() < end:
            serials.append(everything(portal, frozen, firm, desk, f"frozen-{len(serials)}"))
            health = frozen("healthz", lambda: firm.client.get("/healthz"))
            assert (health.status_code, health.json()["broker"], health.json()["status"]) == (200, "away", "degraded")
    finally:
        os.kill(redis, signal.SIGCONT)
    began = time.monotonic()
    assert portal.all_delivered(60), portal.said
    logger.info("%s issues; longest %s, usual %s", len(serials), frozen.longest, usual.longest)
    logger.info("delivered %.1f s after", time.monotonic() - began)

    slow = {name: took for name, took in frozen.longest.items() if took > max(BOUND, SLOWER * usual.longest[name])}
    assert not slow
    assert serials == list(range(1, len(serials) + 1))
    everybody_was_told_once(portal, len(serials))
    assert firm.client.get("/healthz").json()["broker"] == "ok"
    assert portal.pid_of("redis-server") == redis


def test_slow_work_keeps_no_letter_waiting(portal):
    """R08: both other workers stand still in the middle of whatever they do, and mail goes out."""
    firm = Visitor(portal, "firm2")
    before = sum(portal.letters().values())
    frozen = [pid for name in ("fast", "slow") for pid in (portal.part(name), portal.part(f"{name} child"))]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert firm.post("/issues/new/", **issue_form("while others stand still")).status_code == 302
        assert portal.all_delivered(30)
        assert sum(portal.letters().values()) == before + 1
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)


def everybody_was_told_once(portal, issues: int) -> None:
    """Of each issue: both desk officers and the colleague that it came in, the firm's two that it was admitted."""
    told = dict(portal.ask("SELECT kind, count(*) FROM notifications_notification WHERE delivered_at IS NOT NULL GROUP BY kind"))

    assert told == {"issue_submitted": len(DESK) * issues, "issue_received": issues, "issue_admitted": 2 * issues}
    assert sum(portal.letters().values()) == issues  # desk1 alone has an address

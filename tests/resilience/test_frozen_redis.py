"""Redis stands still (SIGSTOP): every page answers at once, nothing is lost, all is delivered when it goes on (R06)."""

import logging
import os
import re
import signal
import time
from collections import defaultdict

import httpx
import pytest

from tests.resilience.cast import DESK
from tests.resilience.running import Visitor, issue_form, serial_of

logger = logging.getLogger(__name__)
pytestmark = [pytest.mark.launch, pytest.mark.slow]
NUMBER = re.compile(r"\d+-\d+|\d+")
FROZEN_SECONDS = float(os.environ.get("LIAISON_FROZEN_SECONDS") or 15)
"Longer than the worker's own patience with a silent Redis, so that its reconnecting is tried too."
BOUND = 1.0
SLOWER = 3.0
"On a busy machine: so many times what the same page took before."
ADMIT = {"category": "01", "nature": "help", "kind": "individual", "urgency": "normal"}


class Stopwatch(httpx.HTTPTransport):
    """How long each page took, every time, under its method and address without numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        began = time.monotonic()
        answer = super().handle_request(request)
        answer.read()
        self.took[f"{request.method} {NUMBER.sub('N', request.url.path)}"].append(time.monotonic() - began)
        return answer

    def longest(self) -> dict[str, float]:
        return {page: round(max(times), 3) for page, times in self.took.items()}


def everything(portal, watch: Stopwatch, word: str) -> int:
    """What people do on a day; returns the issue's number."""
    firm, desk = Visitor(portal, "firm1", watch), Visitor(portal, "desk1", watch)
    sent = firm.post("/issues/new/", **issue_form(word))
    assert sent.status_code == 302, sent.text
    serial = serial_of(sent.headers["Location"])
    page = "/issues/{}-{}/".format(*portal.ask(f"SELECT year, serial FROM issues_issue WHERE serial = {serial}")[0])
    assert desk.client.get(page).status_code == 200
    assert desk.post(f"{page}admit/", **ADMIT).status_code == 302
    assert desk.client.get("/inbox/").status_code == 200
    return serial


def test_nobody_waits_for_a_frozen_redis_and_nothing_is_lost(portal):
    client = Visitor(portal, "firm0").client
    usual, frozen = Stopwatch(), Stopwatch()
    serials = [everything(portal, usual, f"before-{number}") for number in range(3)]
    Visitor(portal, "firm0", usual).client.get("/healthz")
    assert portal.all_delivered(60)

    redis = portal.part("redis")
    os.kill(redis, signal.SIGSTOP)
    try:
        end = time.monotonic() + FROZEN_SECONDS
        while time.monotonic() < end:
            serials.append(everything(portal, frozen, f"frozen-{len(serials)}"))
            health = Visitor(portal, "firm0", frozen).client.get("/healthz")
            assert (health.status_code, health.json()["broker"], health.json()["status"]) == (200, "away", "degraded")
    finally:
        os.kill(redis, signal.SIGCONT)
    began = time.monotonic()
    assert portal.all_delivered(60), portal.said
    logger.info("%s issues; longest %s, usual %s", len(serials), frozen.longest(), usual.longest())
    logger.info("delivered %.1f s after", time.monotonic() - began)

    usually = usual.longest()
    assert {page: took for page, took in frozen.longest().items() if took > max(BOUND, SLOWER * usually[page])} == {}
    assert serials == list(range(1, len(serials) + 1))
    everybody_was_told_once(portal, len(serials))
    assert client.get("/healthz").json()["broker"] == "ok"
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

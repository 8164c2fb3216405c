"""kill -9 of every part at random moments while firms send issues: nothing acknowledged is lost, nothing is told twice.

R01, R02, R04, R07, R15, R17. LIAISON_CHAOS_SEED chooses other moments, LIAISON_CHAOS_ISSUES another number.
"""

import logging
import os
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from tests.resilience.cast import DESK, SENDERS, colleague_of
from tests.resilience.running import Visitor, issue_form, serial_of

logger = logging.getLogger(__name__)
pytestmark = [pytest.mark.launch, pytest.mark.slow]
ISSUES = int(os.environ.get("LIAISON_CHAOS_ISSUES") or 500)
SEED = int(os.environ.get("LIAISON_CHAOS_SEED") or 20220903)
VICTIMS = ("web", "web child", "worker", "worker child", "redis", "postgres")
KILLS_OF_EACH = 2
ALL_DELIVERED_SECONDS = 100
"A lease of a minute, the sweep after it, and a busy machine."
INBOX_LINE = re.compile(r'action="/inbox/(\d+)/"')
NEXT_PAGE = re.compile(r'rel="next" href="([^"]*)"')
STATES = "SELECT state, count(*) FROM notifications_delivery GROUP BY 1"
TOLD = """
SELECT i.serial, n.kind, u.username, n.delivered_at IS NOT NULL FROM notifications_notification n
JOIN accounts_user u ON u.id = n.recipient_id JOIN issues_issue i ON i.id = (n.context->>'issue')::bigint
"""


class Killer:
    """Kills the next victim whenever so many issues more were acknowledged."""

    def __init__(self, portal, chance: random.Random) -> None:
        self.portal, self.lock, self.done = portal, Lock(), 0
        self.victims = [victim for victim in VICTIMS for _ in range(KILLS_OF_EACH)]
        chance.shuffle(self.victims)
        self.moments = sorted(chance.sample(range(ISSUES // 25, ISSUES * 4 // 5), len(self.victims)))
        self.killed: list[str] = []

    def acknowledged(self) -> None:
        with self.lock:
            self.done += 1
            if self.moments and self.done >= self.moments[0]:
                self.moments.pop(0)
                victim = self.victims.pop(0)
                self.portal.kill(victim)
                self.killed.append(f"{victim} after {self.done}")


def test_nothing_acknowledged_is_lost_and_nothing_is_told_twice(portal):
    chance = random.Random(SEED)
    killer = Killer(portal, chance)
    visitors = [Visitor(portal, name) for name in SENDERS]
    words = [f"{SEED}-{number:04d}" for number in range(ISSUES)]
    sent: dict[str, str] = {}
    answers: dict[str, set[str]] = {word: set() for word in words}

    def work(visitor: Visitor, mine: list[str]) -> None:
        for number, word in enumerate(mine):
            times = 2 if number % 10 == 0 else 1  # an impatient double click
            for _ in range(times):
                answers[word].add(visitor.insist("/issues/new/", **issue_form(word)))
            sent[word] = visitor.username
            killer.acknowledged()

    began = time.monotonic()
    with ThreadPoolExecutor(len(visitors)) as pool:
        list(pool.map(work, visitors, [words[number :: len(visitors)] for number in range(len(visitors))]))
    took = time.monotonic() - began
    logger.info("%s issues in %.0f s, repeated %s times", ISSUES, took, sum(visitor.repeats for visitor in visitors))
    logger.info("killed: %s", ", ".join(killer.killed))
    assert portal.all_delivered(ALL_DELIVERED_SECONDS), portal.ask(STATES)
    logger.info("all delivered %.0f s later", time.monotonic() - began - took)

    assert not killer.victims
    every_acknowledged_issue_is_there_once(portal, answers)
    everybody_was_told_once(portal, sent, answers)
    every_letter_went_out(portal)
    assert portal.run("manage.py", "verify_audit").startswith("ok: ")


def every_acknowledged_issue_is_there_once(portal, answers: dict[str, set[str]]) -> None:
    rows = portal.ask("SELECT title, serial, number FROM issues_issue WHERE stage <> 'draft' ORDER BY serial")

    assert all(len(places) == 1 for places in answers.values()), "one form was acknowledged as two issues"
    assert {title: serial for title, serial, _number in rows} == {
        issue_form(word)["title"]: serial_of(*places) for word, places in answers.items()
    }
    assert [serial for _title, serial, _number in rows] == list(range(1, ISSUES + 1))
    assert len({number for _title, _serial, number in rows}) == ISSUES
    assert portal.ask("SELECT count(*) FROM issues_issue WHERE stage = 'draft'") == [(0,)]
    events = "SELECT count(*), count(DISTINCT issue_id) FROM issues_issueevent WHERE kind = 'submit'"
    assert portal.ask(events) == [(ISSUES, ISSUES)]


def everybody_was_told_once(portal, sent: dict[str, str], answers: dict[str, set[str]]) -> None:
    expected = []
    for word, sender in sent.items():
        serial = serial_of(*answers[word])
        expected += [(serial, "issue_submitted", name, True) for name in DESK]
        expected += [(serial, "issue_received", colleague_of(sender), True)]

    assert sorted(portal.ask(TOLD)) == sorted(expected)
    assert portal.ask("SELECT DISTINCT state FROM notifications_delivery") == [("sent",)]
    assert in_the_inbox(portal, "desk2") == ISSUES


def in_the_inbox(portal, username: str) -> int:
    """Messages over all pages, as their reader sees them."""
    visitor, seen, path = Visitor(portal, username), set(), "/inbox/"
    while path:
        page = visitor.client.get(path).text
        seen |= set(INBOX_LINE.findall(page))
        following = NEXT_PAGE.search(page)
        path = "/inbox/" + following[1].replace("&amp;", "&") if following else ""
    return len(seen)


def every_letter_went_out(portal) -> None:
    letters = portal.letters()
    expected = {str(row[0]) for row in portal.ask("SELECT message_id FROM notifications_delivery WHERE channel = 'email'")}
    logger.info("%s of %s letters went out twice", sum(letters.values()) - len(letters), len(letters))

    assert set(letters) == expected
    assert max(letters.values()) <= 2

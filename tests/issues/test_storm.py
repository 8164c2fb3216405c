"""Two people post the same step at the same moment, 200 times: one does it, the other reads who was first (R18).

The same form of a new issue posted fifty times at once is in tests/issues/views/test_intake_whole.py (R17).
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from issues.models import Issue, IssueEvent
from liaison.parameters.models import Parameter
from tests.factories.issues import District, make_district, submitted
from tests.issues.views.intake_forms import words_of

logger = logging.getLogger(__name__)
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ISSUES = 100
STEPS = {
    "admit": {"category": "01", "nature": "help", "kind": "individual", "urgency": "normal"},
    "dispatch": {"lead_unit": "tax", "limit": "7"},
}
OFFICERS = ("desk1", "desk2")


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


class Officer:
    """One person in one thread, who posts when the other does."""

    def __init__(self, district: District, username: str, start: Barrier) -> None:
        self.name, self.start, self.client = district.people[username].name, start, Client()
        self.client.force_login(district[username], backend="liaison.accounts.backends.SignInBackend")

    def work(self, addresses: list[str]) -> list[tuple[int, str]]:
        """Status and words of every answer."""
        try:
            return [self.step(f"{address}{step}/", fields) for address in addresses for step, fields in STEPS.items()]
        finally:
            connection.close()

    def step(self, address: str, fields: dict[str, str]) -> tuple[int, str]:
        self.start.wait(120)
        answer = self.client.post(address, fields)
        return answer.status_code, words_of(answer) if answer.status_code == 409 else ""


def test_of_two_officers_one_wins_and_the_other_reads_who_was_first(district):
    Parameter.objects.create(key="issues.daily_cap", value=ISSUES)
    issues = [submitted(district) for _ in range(ISSUES)]
    addresses = [issue.get_absolute_url() for issue in issues]
    start = Barrier(len(OFFICERS))
    officers = [Officer(district, username, start) for username in OFFICERS]
    with ThreadPoolExecutor(len(officers)) as pool:
        answers = list(pool.map(lambda officer: officer.work(addresses), officers))

    rounds = [(issue, step) for issue in issues for step in STEPS]
    wins = [0, 0]
    for (issue, step), *both in zip(rounds, *answers, strict=True):
        assert sorted(status for status, _words in both) == [302, 409], (issue, step, both)
        first = [status for status, _words in both].index(302)
        wins[first] += 1
        events = IssueEvent.objects.filter(issue=issue, kind=step)
        assert [event.actor.name for event in events] == [officers[first].name]
        assert officers[first].name in both[1 - first][1]
    assert len(rounds) == 200
    assert set(Issue.objects.values_list("stage", "version")) == {("dispatched", 3)}
    logger.info("first: %s", dict(zip(OFFICERS, wins, strict=True)))

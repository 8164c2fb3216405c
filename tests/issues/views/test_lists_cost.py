"""A list costs the same however long it is, and finds by an index."""

import json
from re import findall

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.fill import copy_rows
from issues.models import Issue, Order
from issues.queries import Asker
from issues.search import found_by
from issues.worklists import worklists
from liaison.parameters.models import Parameter
from tests.factories.issues import MONDAY, submitted, walk
from tests.issues.views.lists import URL

PATHS = [(), ("admit",), ("admit", "dispatch"), ("admit", "dispatch", "accept"), ("admit", "dispatch-alone", "accept", "answer")]
CAST = ("desk1", "tax.liaison", "tax.head", "leader1", "leader.main", "inspect1", "caller1", "firm1")
MOST = 15


def fill(district, count):
    for n in range(count):
        walk(district, submitted(district, title=f"贷款第{n}件", sensitive=n % 3 == 0), *PATHS[n % len(PATHS)])


def cost(district, username, **asked):
    client = Client()
    client.force_login(district[username])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(URL, asked).status_code == 200
    return [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.fixture
def many(district):
    Parameter.objects.create(key="issues.daily_cap", value=1000)
    return district


ASKED = ({}, {"view": "all"}, {"q": "贷款"}, {"stage": "handling", "unit": "tax", "category": "01", "light": "blue"})


def costs(district):
    return {(username, *asked): len(cost(district, username, **asked)) for username in CAST for asked in ASKED}


def test_queries_do_not_grow_with_the_list(many):
    fill(many, 3)
    few = costs(many)
    fill(many, 27)

    assert costs(many) == few


def test_the_desks_pool_needs_fifteen_queries_at_most(many):
    fill(many, 5)

    for asked in ASKED:
        queries = cost(many, "desk1", **asked)
        assert len(queries) <= MOST, "\n".join(query[:150] for query in queries)


def plan(rows) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, params = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        found = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return json.dumps(found)


def test_two_characters_are_found_by_an_index(many):
    fill(many, 5)

    for username in ("desk1", "tax.head", "leader1", "firm1"):
        assert "issue_search_" in plan(Issue.objects.filter(found_by("贷款", many[username])).only("pk"))


INDEXES = {
    ("desk1", "all"): "issue_newest",
    ("desk1", "to-admit"): "issue_by_stage",
    ("desk1", "to-dispatch"): "issue_by_stage",
    ("desk1", "open"): "issue_open_newest",
    ("desk1", "overdue"): "issue_due",
    ("desk1", "ledger"): "issue_ledger",
    ("tax.liaison", "board"): "order_in_hand",
    ("tax.liaison", "to-accept"): "order_in_hand",
    ("tax.handler", "mine"): "order_of_handler",
}


def old_ones(closed):
    """Three thousand issues that are long closed, each with its order."""
    years = "q.submitted_at - interval '1 hour' * i"
    changed = {
        "draft_key": "gen_random_uuid()",
        "serial": "1000 + i",
        "number": "'沿企诉〔2026〕' || 1000 + i || '号'",
        "submitted_at": years,
    }
    copy_rows(
        Issue, closed.pk, {**changed, "due_at": years}, "issues_issue AS q, generate_series(1, 3000) AS i", f"q.id = {closed.pk}"
    )
    copied = "q.serial > 1000"
    copy_rows(Order, closed.orders.get().pk, {"issue_id": "q.id"}, "issues_issue AS q", copied)


def punctual_ones(open_one):
    """Two hundred that are not late: with only a few open, any index that leaves the old ones out would cost the same."""
    changed = {
        "draft_key": "gen_random_uuid()",
        "serial": "5000 + i",
        "number": "'沿企诉〔2026〕' || 5000 + i || '号'",
        "submitted_at": "q.submitted_at - interval '1 minute' * i",
        "due_at": "q.due_at + interval '1 year'",
    }
    copy_rows(Issue, open_one.pk, changed, "issues_issue AS q, generate_series(1, 200) AS i", f"q.id = {open_one.pk}")


def test_each_list_has_its_index(many):
    fill(many, 10)
    old_ones(walk(many, submitted(many), "admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate"))
    punctual_ones(walk(many, submitted(many), "admit", "dispatch-alone", "accept"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    found = {}
    for username, view in INDEXES:
        asker = Asker(many[username], MONDAY)
        worklist = {each.key: each for each in worklists(asker)}[view]
        used = plan(worklist.rows(asker).order_by(worklist.by, f"{'-' if worklist.by[0] == '-' else ''}pk")[:26])
        found[username, view] = findall(r'"Index Name": "((?:issue|order)_[a-z_]+)"', used)

    assert {key: index in found[key] for key, index in INDEXES.items()} == dict.fromkeys(INDEXES, True), found

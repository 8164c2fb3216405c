"""What one may not read leaves no trace: not in rows, search, counts, filters or files."""

import pytest
import time_machine

from issues.models import Concern
from tests.factories.issues import MONDAY, submitted, walk
from tests.issues.views.lists import listed, page, words

SECRET = "绿洲化肥项目"
VIEWS = ("all", "open", "overdue", "running", "board", "to-accept", "mine", "due", "opinions")
WAYS = (
    {"q": SECRET},
    {"q": "用地"},
    {"q": "水木"},
    {"q": "2026-1"},
    {"q": "510311"},
    {"stage": "handling"},
    {"unit": "tax"},
    {"category": "01"},
    {"light": "blue"},
    {"nature": "help"},
    {"channel": "web"},
    {"urgency": "normal"},
)
OUTSIDERS = ("firm2", "stranger", "finance.head", "finance.liaison", "admin.system", "admin.security", "admin.audit")


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def issue(district):
    return walk(district, submitted(district, title=f"{SECRET}用地", body="项目用地的手续。"), "admit", "dispatch", "accept")


def asked_in_every_way(district, username):
    """All answers of the list to somebody who goes looking."""
    for view in (*VIEWS, ""):
        yield page(district, username, **({"view": view} if view else {}))
    for asked in WAYS:
        yield page(district, username, **asked)


def assert_no_trace(district, username, issue):
    for response in asked_in_every_way(district, username):
        # What was typed stands in the search field again; nothing else may name it.
        assert SECRET not in words(response).replace(f'value="{SECRET}"', "")
        assert issue.get_absolute_url() not in words(response)
        assert issue.number not in words(response)
        assert response.context["count"] == 0
        assert not any(count for _list, count, _here in response.context["tabs"])


@pytest.mark.parametrize("username", OUTSIDERS)
def test_outsiders_find_no_trace(district, issue, username):
    assert_no_trace(district, username, issue)


@pytest.mark.parametrize("official", ["tax.head", "desk1", "leader1", "inspect1", "leader.main"])
def test_an_issue_that_names_somebody_is_not_in_their_lists(district, issue, official):
    Concern.objects.create(issue=issue, official=district[official])

    assert_no_trace(district, official, issue)


def test_subordinates_of_the_named_official_find_no_trace(district, issue):
    Concern.objects.create(issue=issue, official=district["tax.head"])

    for username in ("tax.handler", "tax.liaison"):
        assert_no_trace(district, username, issue)
    assert listed(district, "leader1", q=SECRET) == [issue.address]


@pytest.fixture
def sensitive(district):
    body = "四川水木阳光农业有限公司孙辉反映,电话13900000001。"
    issue = submitted(district, title="水木阳光的孙辉求助:四川水木阳光农业有限公司贷款", body=body, sensitive=True)
    return walk(district, issue, "admit", "dispatch-alone", "accept")


IDENTITY = ("四川水木阳光农业有限公司", "孙辉", "13900000001")
UNKNOWING = ("tax.liaison", "tax.handler", "tax.head", "leader1", "leader.main", "inspect1")


def test_the_firm_of_a_sensitive_issue_is_hidden_from_who_handles_or_oversees_it(district, sensitive):
    for username in UNKNOWING:
        response = page(district, username, view="all")

        assert sensitive.address in words(response)
        for word in (*IDENTITY, district.firm.credit_code):
            assert word not in words(response)


@pytest.mark.parametrize("username", UNKNOWING)
def test_a_sensitive_issue_is_not_found_by_its_firm(district, sensitive, username):
    for word in (*IDENTITY, district.firm.credit_code, district.firm.credit_code[:8]):
        response = page(district, username, q=word)
        assert sensitive.address not in words(response)
        assert response.context["count"] == 0
    assert listed(district, username, q="贷款") == [sensitive.address]


def test_the_desk_and_the_firm_know_whose_it_is(district, sensitive):
    for username in ("desk1", "firm1"):
        assert "四川水木阳光农业有限公司" in words(page(district, username, view="all"))
        assert listed(district, username, q="四川水木阳光农业有限公司") == [sensitive.address]


def test_the_start_page_hides_it_too(district, sensitive, client):
    for username in UNKNOWING:
        client.force_login(district[username])

        text = words(client.get("/"))

        for word in (*IDENTITY, district.firm.credit_code):
            assert word not in text


def test_a_colleague_who_left_finds_nothing(district, issue):
    district["firm1"].represents.update(since=MONDAY, ended_at=MONDAY)

    assert_no_trace(district, "firm1", issue)

"""What a person comes for is one click away on their start page; what they may not do is not offered."""

import pytest

from tests.factories.issues import make_district, step, submitted

pytestmark = pytest.mark.django_db
RAISE = 'class="btn btn-primary" href="/issues/new/"'
REGISTER = 'href="/enterprises/register/"'


@pytest.fixture
def district():
    return make_district()


def start_page(client, user) -> str:
    client.force_login(user)
    return client.get("/").text


@pytest.mark.parametrize(("username", "raises"), [("firm1", True), ("desk1", False), ("admin.system", False)])
def test_a_firm_raises_an_issue_from_its_start_page(client, district, username, raises):
    assert (RAISE in start_page(client, district[username])) is raises


@pytest.mark.parametrize(("username", "offered"), [("firm1", True), ("desk1", False), ("admin.system", False)])
def test_registering_is_offered_to_those_who_may(client, district, username, offered):
    assert (REGISTER in start_page(client, district[username])) is offered


def test_an_answer_that_is_the_desks_own_begins_with_its_date(client, district):
    issue = step(district, submitted(district), "answer-at-once", "desk1", text="可凭营业执照到窗口办理。")
    client.force_login(district["firm1"])

    assert '<p class="soft"><time' in client.get(issue.get_absolute_url()).text

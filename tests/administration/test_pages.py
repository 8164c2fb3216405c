"""The three administrators' pages: who may enter, and that each renders."""

import pytest
from django.urls import reverse

from liaison.accounts.models import Duty
from tests.people import official, person, unit

pytestmark = pytest.mark.django_db

PAGES = {
    Duty.SECURITY_ADMIN: [
        "/people/",
        "/people/new/",
        "/people/li/",
        "/people/li/edit/",
        "/people/li/duties/new/",
        "/people/li/substitutes/new/",
    ],
    Duty.SYSTEM_ADMIN: ["/units/", "/units/new/", "/units/tax/", "/parameters/", "/parameters/issues.daily_cap/"],
    Duty.AUDIT_ADMIN: ["/audit/"],
    Duty.HEAD: ["/substitutes/"],
}
ALL = [(duty, page) for duty, pages in PAGES.items() for page in pages]


@pytest.fixture
def _world():
    person("li")
    unit("tax")


@pytest.mark.parametrize(("duty", "page"), ALL)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.usefixtures("_world")
def test_the_right_duty_enters(client, duty, page, language):
    client.force_login(official(duty, language=language))
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("duty", [*PAGES, Duty.DESK, Duty.MAIN_LEADER, Duty.HANDLER, Duty.DISCIPLINE_HEAD])
@pytest.mark.usefixtures("_world")
def test_everybody_else_is_refused(client, duty):
    """S01: the three do not overlap."""
    client.force_login(official(duty))
    for owner, page in ALL:
        assert client.get(page).status_code == (200 if owner == duty else 403), page


@pytest.mark.parametrize(("_duty", "page"), ALL)
def test_visitors_are_sent_to_sign_in(client, _duty, page):
    assert client.get(page)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "page", ["/me/", "/rights/", "/inbox/", "/accounts/sessions/", "/accounts/2fa/", "/accounts/password/change/"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_has_their_own_pages(client, page, language):
    client.force_login(official(Duty.HANDLER, language=language))
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("name", ["person-switch", "person-password-link", "person-unlock", "person-second-factor"])
@pytest.mark.usefixtures("_world")
def test_acts_are_never_done_by_get(client, name):
    """S03."""
    client.force_login(official(Duty.SECURITY_ADMIN))
    assert client.get(reverse(f"administration:{name}", args=["li"])).status_code == 405

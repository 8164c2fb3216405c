"""The calendar's pages on a phone and on a desk, in both languages."""

import pytest

from liaison.accounts.models import Duty
from liaison.workdays import dependants
from tests.people import official, unit
from tests.workdays.test_editor import DAYS, Clocks

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKED = "/deadlines/?start=2026-09-30T16:00&amount=3&unit=wd&from_1=2026-10-08T09:00&until_1=2026-10-08T12:00"


@pytest.mark.parametrize(
    "path", ["/workdays/2026/", "/workdays/2031/", "/workdays/20261/", ASKED, "/deadlines/?start=x&amount=0"]
)
def test_everybody_can_use_these_pages(visitor, path):
    assert not (faults := visitor.check(path)), "\n".join(faults)


@pytest.mark.parametrize("path", ["/workdays/edit/days/", "/workdays/edit/week/", "/workdays/edit/year/", "/workdays/versions/"])
def test_who_keeps_the_calendar_can_use_these_pages(visitor, path):
    visitor.sign_in(official(Duty.SYSTEM_ADMIN, unit()))

    assert not (faults := visitor.check(path)), "\n".join(faults)


def test_a_change_is_looked_at_before_it_is_saved(visitor):
    """T41: from the form to the new version, with running clocks in the preview."""
    clocks = Clocks()
    dependants.register(clocks)
    visitor.sign_in(official(Duty.SYSTEM_ADMIN, unit()), by_password=True)
    page = visitor.open("/workdays/edit/days/")
    for name in ("first", "name_zh", "name_en", "why"):
        page.fill(f"[name={name}]", DAYS[name])
    page.click("form.portal-form button[type=submit]")

    assert page.get_attribute("main", "data-page") == "workdays-preview"
    assert not (faults := visitor.faults(language="zh-hans")), "\n".join(faults)
    visitor.picture("preview")
    dependants.forget(clocks)

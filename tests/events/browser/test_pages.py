"""Pages of meetings on a phone and on a desk, in both languages, without fault for axe."""

from datetime import timedelta

import pytest

from events.actions.answering import Guest, accept_invitation
from liaison.moments import clock
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import invited, planned, published
from tests.factories.issues import make_district

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def district(transactional_db):
    return make_district()


@pytest.fixture
def pages(district):
    """A breakfast that is full, a public briefing that takes applications, a plan; by name the address of each page."""
    now = clock.now()
    times = {"starts_at": now + 20 * DAY, "ends_at": now + 20 * DAY + timedelta(hours=2), "reply_by": now + 17 * DAY}
    breakfast = published(district, now, capacity=4, asks_diet=True, asks_plate=True, principal_only=True, **times)
    mine, *others = invited(district, breakfast, district.firm, *[EnterpriseFactory() for _ in range(6)], now=now)
    for row in others:
        accept_invitation(row, by=None, now=now, guest=Guest("李明", "总经理", is_substitute=True))
    briefing = {"kind": "briefing", "series": None, "title": "惠企政策宣讲会", "access": "public", "by_application": True}
    public = published(district, now, **briefing, **times)
    plan = planned(district, now, **times)
    at, pub = breakfast.get_absolute_url(), public.get_absolute_url()
    return {
        "schedule": "/events/",
        "month": f"/events/?month={times['starts_at']:%Y-%m}",
        "occasion": at,
        "public": pub,
        "invitations": f"{at}invitations/",
        "decide": f"{at}invitations/{others[0].pk}/approve-guest/",
        "new": "/events/new/",
        "edit": f"{plan.get_absolute_url()}edit/",
        "invite": f"{at}invite/",
        "move": f"{at}reschedule/",
        "draw": f"{pub}draw/?seed=3",
        "feeds": "/events/feed/",
        "apply": f"{pub}apply/",
        "reply": mine.get_absolute_url(),
        "start": "/",
    }


SEEN_BY = [
    ("events1", "start schedule month occasion invitations decide new edit invite move draw"),
    ("firm1", "start schedule occasion public apply feeds"),
    ("leader.main", "start occasion invitations"),
    (None, "schedule public reply"),
]


@pytest.mark.parametrize(("by", "names"), SEEN_BY)
def test_everybody_can_use_these_pages(visitor, district, pages, by, names):
    if by:
        visitor.sign_in(district[by])

    faults = [f"{name}: {fault}" for name in names.split() for fault in visitor.check(pages[name], name=f"{by}-{name}")]

    assert not faults, "\n".join(faults)


def test_a_firm_answers_on_a_phone_without_script(visitor, pages):
    page = visitor.open(pages["reply"], size={"width": 360, "height": 740}, script=False)
    page.fill("[name=guest_name]", "孙辉")
    page.fill("[name=plate]", "川c·12345")
    page.click("button[value=accept]")

    assert "候补" in page.inner_text("main")

"""Limits, ladder, forecast, replay and watch board in a real browser: on a phone, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liaison.clocks.actions.climbing import climb
from liaison.clocks.actions.rules import install_rules, limits_in_force, rungs_in_force, save_ladder, save_limits
from tests.browser import PHONE
from tests.factories.issues import make_district, submitted, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEEN_BY = {
    "admin.system": {
        "limits": "/clocks/limits/",
        "limits-edit": "/clocks/limits/edit/",
        "limits-history": "/clocks/limits/history/",
        "ladder": "/clocks/ladder/",
        "ladder-edit": "/clocks/ladder/general/",
        "ladder-history": "/clocks/ladder/history/",
        "forecast-figures": "/clocks/forecast/",
    },
    "inspect1": {
        "forecast": "/clocks/forecast/",
        "replay": "/clocks/replay/",
        "replay-error": "/clocks/replay/?from=soon",
        "watch-inspector": "/issues/watch/",
        "home-inspector": "/",
    },
    "desk1": {"urgings": "/issues/urging/"},
    "leader.main": {"watch-leader": "/issues/watch/"},
    "tax.head": {"watch-unit": "/issues/watch/", "inbox": "/inbox/"},
    "finance.head": {"watch-empty": "/issues/watch/"},
}
GROUPS = [("admin.system",), ("inspect1",), ("desk1", "leader.main", "tax.head", "finance.head")]
"Looked at in one test each: what is set up takes longer than a page."


@pytest.fixture
def watched():
    """Late, nearly late and in time; two versions of the rules."""
    district, now = make_district(), timezone.now()
    install_rules(now)
    late, soon, forgotten = now - timedelta(days=40), now - timedelta(days=9), now - timedelta(days=1500)
    walk(district, submitted(district, late, title="流动资金贷款到期,银行不续贷"), "admit", "dispatch", "accept", now=late)
    walk(district, submitted(district, soon, sensitive=True), "admit", "dispatch-alone", "accept", now=soon)
    walk(district, submitted(district, now, title="用地手续"), "admit", "dispatch-alone", now=now)
    walk(district, submitted(district, forgotten, title="历史遗留的产权证"), "admit", "dispatch", "accept", now=forgotten)
    climb(now)
    limits = [row for row in limits_in_force().rows if row.nature != "praise"]
    limits[0].amount += 1
    save_limits(limits, by=district["admin.system"], now=now, note="年度调整,经区政府常务会议研究同意")
    ladder = [rung for rungs in rungs_in_force().values() for rung in rungs]
    ladder[-1].amount += 1
    save_ladder(ladder, by=district["admin.system"], now=now, note="回访提前一天")
    return district


@pytest.mark.parametrize("people", GROUPS, ids="-".join)
def test_pages_are_usable_by_everybody(visitor, watched, people):
    faults = []
    for username in people:
        visitor.sign_in(watched[username])
        for name, path in SEEN_BY[username].items():
            faults += [f"{name}: {fault}" for fault in visitor.check(path, name=name)]

    assert not faults, "\n".join(faults)


def test_on_a_phone_the_navigation_is_one_row_and_the_page_is_in_sight(visitor):
    visitor.sign_in(make_district()["admin.system"])
    page = visitor.open("/clocks/ladder/", size=PHONE)
    links = page.locator(".mainnav a")

    here = page.locator(".mainnav [aria-current]").bounding_box()

    assert page.locator(".mainnav").bounding_box()["height"] < 60
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= PHONE["width"]
    links.last.focus()  # as the tab key does: what gets the focus comes into sight
    assert links.last.bounding_box()["x"] < PHONE["width"] - 48

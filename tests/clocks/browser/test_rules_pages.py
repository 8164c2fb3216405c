"""Limits, ladder, forecast, replay and watch board in a real browser: on a phone, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liaison.clocks.actions.climbing import climb
from liaison.clocks.actions.rules import install_rules, limits_in_force, rungs_in_force, save_ladder, save_limits
from tests.factories.issues import make_district, submitted, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "limits": ("admin.system", "/clocks/limits/"),
    "limits-edit": ("admin.system", "/clocks/limits/edit/"),
    "limits-history": ("admin.system", "/clocks/limits/history/"),
    "ladder": ("admin.system", "/clocks/ladder/"),
    "ladder-edit": ("admin.system", "/clocks/ladder/general/"),
    "ladder-history": ("admin.system", "/clocks/ladder/history/"),
    "forecast": ("inspect1", "/clocks/forecast/"),
    "forecast-figures": ("admin.system", "/clocks/forecast/"),
    "replay": ("inspect1", "/clocks/replay/"),
    "replay-error": ("inspect1", "/clocks/replay/?from=soon"),
    "watch-leader": ("leader.main", "/issues/watch/"),
    "watch-unit": ("tax.head", "/issues/watch/"),
    "watch-empty": ("finance.head", "/issues/watch/"),
    "home-inspector": ("inspect1", "/"),
}


@pytest.fixture
def watched():
    """Late, nearly late and in time; two versions of the rules."""
    district, now = make_district(), timezone.now()
    install_rules(now)
    late, soon = now - timedelta(days=40), now - timedelta(days=9)
    walk(district, submitted(district, late, title="流动资金贷款到期,银行不续贷"), "admit", "dispatch", "accept", now=late)
    walk(district, submitted(district, soon, sensitive=True), "admit", "dispatch-alone", "accept", now=soon)
    walk(district, submitted(district, now, title="用地手续"), "admit", "dispatch-alone", now=now)
    climb(now)
    limits = [row for row in limits_in_force().rows if row.nature != "praise"]
    limits[0].amount += 1
    save_limits(limits, by=district["admin.system"], now=now, note="年度调整,经区政府常务会议研究同意")
    ladder = [rung for rungs in rungs_in_force().values() for rung in rungs]
    ladder[-1].amount += 1
    save_ladder(ladder, by=district["admin.system"], now=now, note="回访提前一天")
    return district


@pytest.mark.parametrize("name", PAGES)
def test_page_is_usable_by_everybody(visitor, watched, name):
    username, path = PAGES[name]
    visitor.sign_in(watched[username])

    assert not (faults := visitor.check(path, name=name)), "\n".join(faults)

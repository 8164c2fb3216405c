"""Supervision orders, summonses and directives in a real browser: on a phone and a desktop, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues.actions.summons import record_summons, summon_unit
from issues.models import Summons, SupervisionOrder
from tests.factories.issues import step
from tests.issues.supervision.orders import at, opened, running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "orders-inspector": ("inspect1", "/supervision-orders/?state=all"),
    "orders-empty": ("env.head", "/supervision-orders/"),
    "orders-error": ("inspect1", "/supervision-orders/?state=nowhere"),
    "order-returned": ("tax.head", "/supervision-orders/2026-3/"),
    "order-closed": ("leader1", "/supervision-orders/2026-4/"),
    "order-answer": ("tax.head", "/supervision-orders/2026-3/answer/"),
    "order-close": ("inspect1", "/supervision-orders/2026-2/close/"),
    "summonses": ("inspect1", "/summonses/?state=all"),
    "home-inspector": ("inspect1", "/"),
    "home-leader": ("leader1", "/"),
    "home-unit": ("tax.head", "/"),
    "list-leader": ("leader1", "/issues/"),
    "supervise": ("inspect1", "{issue}supervise/"),
    "summon": ("leader1", "{issue}summon/"),
    "direct-line": ("leader1", "{issue}direct-line/"),
    "issue-inspector": ("inspect1", "{issue}"),
    "summons": ("tax.head", "{summons}"),
    "summons-record": ("inspect1", "{waiting}record/"),
}


@pytest.fixture
def watched(district):
    """Orders in every state, one of them late; a talk that was held, one that was not."""
    issue, now = running(district, title="流动资金贷款到期,银行不续贷"), timezone.now()
    opened(district, issue)
    for stage in ("answered", "returned", "closed"):
        at(district, stage, issue)
    step(district, issue, "direct-line", "leader1", now, text="请抓紧办理,按期答复企业。")
    late = {"opened_at": now - timedelta(days=30), "due_at": now - timedelta(days=20)}
    SupervisionOrder.objects.filter(serial=1).update(**late)
    day = timezone.localdate() + timedelta(days=5)
    for _n in range(2):
        summon_unit(issue, by=district["leader1"], now=now, reason="久拖不决,多次催办未果。", until=day)
    held = Summons.objects.first()
    record = {"attendants": "分管副区长、税务局局长", "said": "说明了原因。", "measures": "九月底前办结。"}
    record_summons(held, by=district["inspect1"], now=now, held_on=timezone.localdate(), **record)
    waiting = Summons.objects.last()
    return district, {
        "issue": issue.get_absolute_url(),
        "summons": held.get_absolute_url(),
        "waiting": waiting.get_absolute_url(),
    }


@pytest.mark.parametrize("name", PAGES)
def test_page_is_usable_by_everybody(visitor, watched, name):
    district, addresses = watched
    username, path = PAGES[name]
    visitor.sign_in(district[username])

    assert not (faults := visitor.check(path.format(**addresses), name=name)), "\n".join(faults)


def test_the_order_prints_as_one_sheet(visitor, watched):
    district, _addresses = watched
    visitor.sign_in(district["inspect1"])
    page = visitor.open("/supervision-orders/2026-2/")
    page.emulate_media(media="print")

    visitor.picture("order-print")
    shown = page.inner_text("body")
    assert all(words in shown for words in ("督办〔2026〕2号", "请在三个工作日内报告办理情况。", "已于9月8日上门办结。"))
    assert not page.locator(".button-row").first.is_visible()
    assert not page.locator(".timeline").first.is_visible()

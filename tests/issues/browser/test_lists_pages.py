"""The lists, start pages and categories in a real browser: on a phone, in both languages, for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liaison.workdays import add_workdays
from tests.factories.issues import step, submitted, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERED = ("admit", "dispatch-alone", "accept", "answer", "sign-off")
PAGES = {
    "desk-pool": ("desk1", "/issues/"),
    "desk-found": ("desk1", "/issues/?view=all&q=贷款&stage=handling"),
    "desk-all": ("desk1", "/issues/?view=all"),
    "desk-nothing-found": ("desk1", "/issues/?q=没有这样的词"),
    "desk-error": ("desk1", "/issues/?stage=nowhere"),
    "desk-export-refused": ("desk1", "/issues/export.csv?stage=nowhere"),
    "unit-board": ("tax.handler", "/issues/"),
    "unit-empty": ("finance.head", "/issues/"),
    "leader-list": ("leader1", "/issues/"),
    "caller-list": ("caller1", "/issues/"),
    "firm-page": ("firm1", "/issues/"),
    "firm-empty": ("firm2", "/issues/"),
    "nobody": ("admin.audit", "/issues/"),
    "home-desk": ("desk1", "/"),
    "home-unit": ("tax.head", "/"),
    "home-leader": ("leader1", "/"),
    "home-firm": ("firm1", "/"),
    "categories": ("admin.system", "/issues/categories/"),
    "category": ("admin.system", "/issues/categories/01/"),
}


@pytest.fixture
def busy(district):
    """Some work for everybody, some of it late."""
    now = timezone.now()
    late, soon = now - timedelta(days=20), now - timedelta(days=9)
    walk(district, submitted(district, now, urgency="urgent", title="厂区停电三天,请求协调尽快恢复供电"), now=now)
    walk(district, submitted(district, now, sensitive=True, title="四川水木阳光农业有限公司反映检查过多"), now=now)
    walk(district, submitted(district, late, title="流动资金贷款到期,银行不续贷"), "admit", "dispatch", "accept", now=late)
    walk(district, submitted(district, soon, sensitive=True), "admit", "dispatch-alone", "accept", now=soon)
    walk(district, submitted(district, soon, title="用地手续"), "admit", "dispatch-alone", "accept", "answer", now=soon)
    walk(district, submitted(district, late, title="出口退税迟迟未到账"), *ANSWERED, now=late)
    walk(district, submitted(district, late, title="招工难"), *ANSWERED, "evaluate-badly", now=late)
    halted = walk(district, submitted(district, now, title="改制遗留问题"), "admit", "dispatch-alone", "accept", now=now)
    until = add_workdays(timezone.localdate(), 9)
    step(district, halted, "ask-suspension", "tax.handler", now, kind="firm", reason="等待企业补充材料", until=until)
    step(district, halted, "decide-suspension", "desk1", now, result="approve")
    return district


@pytest.mark.parametrize("name", PAGES)
def test_page_is_usable_by_everybody(visitor, busy, name):
    username, path = PAGES[name]
    visitor.sign_in(busy[username])

    assert not (faults := visitor.check(path, name=name)), "\n".join(faults)

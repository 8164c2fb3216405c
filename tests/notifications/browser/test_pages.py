"""Pages about messages in a real browser: on a phone and a desktop, in both languages, without JavaScript."""

import pytest
from django.utils import timezone

from liaison.accounts.models import Duty
from liaison.notifications.actions import Notice, notify
from liaison.notifications.models import Delivery, RefusedAddress, Robot
from tests.notifications.conftest import sms_of
from tests.people import official, unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def admin(settings):
    """Everything there is: choices, a refused address, robots in three states, a ledger with every result."""
    settings.SMS = sms_of("http://127.0.0.1:1")
    tax, env, fin = (unit(code) for code in ("tax", "env", "fin"))
    user = official(Duty.SYSTEM_ADMIN, tax, username="admin.system", name="王小明", email="wang@example.cn", phone="13800001234")
    RefusedAddress.objects.create(user=user, channel="email", address="wang@example.cn", error="SMTP 550")
    for where, changes in ((tax, {}), (env, {"active": False}), (fin, {"refused_at": timezone.now(), "refusal": "wecom 93000"})):
        robot = Robot(unit=where, provider="wecom")
        robot.keep("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "")
        for name, value in changes.items():
            setattr(robot, name, value)
        robot.save()
    for number, state in enumerate(("created", "sent", "failed", "superseded")):
        notify(Notice("sealed", str(number), [user], units=[tax.pk]))
        fresh = Delivery.objects.filter(notification__key=str(number))
        fresh.update(state=state, sent_at=timezone.now() if state == "sent" else None, error="SMTP 550" * (state == "failed"))
    return user


PAGES = ["/me/messages/", "/me/messages/sent/", "/robots/", "/robots/new/", "/deliveries/", "/deliveries/addresses/"]


@pytest.mark.parametrize("path", [*PAGES, "robot"])
def test_the_page_is_usable_by_everybody(visitor, admin, path):
    visitor.sign_in(admin)
    path = f"/robots/{Robot.objects.first().pk}/" if path == "robot" else path

    assert not (faults := visitor.check(path)), "\n".join(faults)


def test_choosing_works_without_javascript(visitor, admin):
    visitor.sign_in(admin)
    page = visitor.open("/me/messages/", script=False)
    page.get_by_role("checkbox", name="短信").first.check()
    page.get_by_role("button", name="保存").click()

    assert page.get_by_role("checkbox", name="短信").first.is_checked()

"""Group robots, the ledger of messages, and addresses that do not work: who enters, and what is never shown (S01, S21)."""

import pytest

from liaison.accounts.models import Duty
from liaison.audit.models import AuditEntry
from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, Delivery, DeliveryState, RefusedAddress, Robot
from tests.people import PASSWORD, official, person, unit

pytestmark = pytest.mark.django_db
GOOD = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-canary"


def enter(client, user):
    """By the form: whoever changes something has signed in lately."""
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return user


@pytest.fixture
def tax():
    return unit("tax")


@pytest.fixture
def head(client, tax):
    return enter(client, official(Duty.HEAD, tax, username="head", language="en"))


def add(client, code="tax", url=GOOD, **more):
    return client.post("/robots/new/", {"unit": code, "provider": "wecom", "url": url, "secret": "secret-canary", **more})


def test_a_head_sets_up_the_units_robot_and_nobody_reads_its_address_again(client, head):
    assert add(client).status_code == 302
    robot = Robot.objects.get()
    assert (robot.url, robot.secret) == (GOOD, "secret-canary")
    pages = client.get("/robots/").content + client.get(f"/robots/{robot.pk}/").content
    kept = str(list(Robot.objects.values())) + str(list(AuditEntry.objects.values()))
    assert "canary" not in pages.decode() + kept


def test_a_wrong_form_keeps_no_secret_in_the_page_but_what_was_typed(client, head):
    answer = add(client, url="https://evil.example/x")
    assert answer.status_code == 400
    assert "url" in answer.context["form"].errors
    assert not Robot.objects.exists()


def test_one_of_each_provider(client, head):
    add(client)
    assert add(client).status_code == 400


def test_another_units_robot_does_not_exist_for_a_head(client, head):
    env = unit("env")
    robot = Robot(unit=env, provider="wecom")
    robot.keep(GOOD, "")
    robot.save()
    assert client.get(f"/robots/{robot.pk}/").status_code == 404
    assert client.post(f"/robots/{robot.pk}/remove/").status_code == 404
    assert add(client, code="env").status_code == 400
    assert list(client.get("/robots/").context["robots"]) == []


def test_what_is_left_empty_stays(client, head):
    add(client)
    robot = Robot.objects.get()
    Robot.objects.update(refusal="wecom 93000", refused_at="2026-09-01T00:00Z")
    client.post(f"/robots/{robot.pk}/", {"url": "", "secret": ""})
    robot.refresh_from_db()
    assert (robot.url, robot.secret, robot.active, robot.refusal) == (GOOD, "secret-canary", False, "wecom 93000")

    client.post(f"/robots/{robot.pk}/", {"url": GOOD + "2", "secret": "", "active": "on"})
    robot.refresh_from_db()
    assert (robot.url, robot.secret, robot.active, robot.refused_at) == (GOOD + "2", "", True, None)


def test_a_removed_robot_leaves_its_line_in_the_ledger(client, head):
    add(client)
    notify(Notice("sealed", "k", [head], units=[head.postings.get().unit_id]))
    client.post(f"/robots/{Robot.objects.get().pk}/remove/")
    assert not Robot.objects.exists()
    while deliver_due():
        pass
    assert Delivery.objects.get(channel=Channel.WECOM).state == DeliveryState.SUPERSEDED


@pytest.mark.parametrize(
    ("duty", "robots", "ledger", "addresses"),
    [
        (Duty.HEAD, 200, 403, 403),
        (Duty.SYSTEM_ADMIN, 200, 200, 200),
        (Duty.DESK, 403, 403, 200),
        (Duty.AUDIT_ADMIN, 403, 403, 403),
        (Duty.HANDLER, 403, 403, 403),
    ],
)
def test_who_enters(client, duty, robots, ledger, addresses):
    client.force_login(official(duty))
    assert client.get("/robots/").status_code == robots
    assert client.get("/deliveries/").status_code == ledger
    assert client.get("/deliveries/addresses/").status_code == addresses


@pytest.fixture
def admin(client):
    return enter(client, official(Duty.SYSTEM_ADMIN, language="en"))


def test_the_ledger_is_filtered(client, admin):
    li = person("li", email="li@example.cn")
    notify(Notice("sealed", "1", [li, person()]))
    Delivery.objects.filter(channel="email").update(state="failed", error="SMTP 550")

    def shown(query):
        return len(client.get(f"/deliveries/?{query}").context["entries"])

    assert [shown(q) for q in ("", "state=failed", "channel=inbox", "person=li", "person=nobody", "first=2020-01-01")] == [
        3, 1, 2, 2, 0, 3,
    ]  # fmt: skip
    assert shown("last=2020-01-01") == 0
    assert client.get("/deliveries/?first=2026-02-01&last=2026-01-01").status_code == 400
    assert client.get("/deliveries/?person=%00").status_code in {200, 400}


def test_a_failed_one_is_sent_again_once(client, admin):
    notify(Notice("sealed", "1", [person("li", email="li@example.cn")]))
    while deliver_due():
        pass
    row = Delivery.objects.get(channel="email")
    Delivery.objects.filter(pk=row.pk).update(state="failed", attempts=8, error="SMTP 550")
    assert client.post(f"/deliveries/{row.pk}/again/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == ("created", 1, "")
    while deliver_due():
        pass
    client.post(f"/deliveries/{row.pk}/again/")
    row.refresh_from_db()
    assert row.state == "sent"


def test_pages_of_a_long_ledger_cost_the_same(client, admin, django_assert_max_num_queries):
    li = person("li", email="li@example.cn")
    for number in range(60):
        notify(Notice("sealed", str(number), [li]))
    with django_assert_max_num_queries(12):
        first = client.get("/deliveries/")
    second = client.get(f"/deliveries/?after={first.context['page'].after}")
    seen = [entry.delivery.pk for page in (first, second) for entry in page.context["entries"]]
    assert (len(seen), len(set(seen))) == (100, 100)


def test_the_desk_sees_whom_to_call(client):
    client.force_login(official(Duty.DESK, language="en"))
    li, wang = person("li", email="li@example.cn"), person("wang", email="new@example.cn")
    RefusedAddress.objects.create(user=li, channel="email", address="li@example.cn", error="SMTP 550")
    RefusedAddress.objects.create(user=wang, channel="email", address="old@example.cn", error="SMTP 550")
    assert [row.user for row in client.get("/deliveries/addresses/").context["page"]] == [li]

"""Supervision orders and summonses over HTTP: lists, pages, steps, bad input, and that the firm sees nothing of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enterprises.models import Representative
from issues.actions.handling import write_directive
from issues.models import Concern, Issue, Summons, SupervisionOrder
from issues.views.summons import summons_for
from liaison.notifications.models import Notification
from liaison.notifications.rendering import messages_of
from tests.factories.issues import step
from tests.issues.supervision.orders import act, at, fresh, opened, running
from tests.markup import faults_of

LIST = "/supervision-orders/"


def client(district, username: str) -> Client:
    browser = Client()
    browser.force_login(district[username])
    return browser


def post(district, by: str, address: str, **fields):
    return client(district, by).post(address, fields)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_whole_way_over_http(district):
    issue, tomorrow = running(district), timezone.localdate() + timedelta(days=5)

    assert (
        post(
            district, "inspect1", f"{issue.get_absolute_url()}supervise/", unit="tax", text="请报告。", until=tomorrow
        ).status_code
        == 302
    )
    order = SupervisionOrder.objects.get()
    address = order.get_absolute_url()
    assert post(district, "tax.handler", f"{address}answer/", text="已办结。").status_code == 302
    assert post(district, "inspect1", f"{address}return/", reason="请附材料。").status_code == 302
    assert post(district, "tax.head", f"{address}answer/", text="附材料。").status_code == 302
    assert post(district, "inspect1", f"{address}close/", note="销号。").status_code == 302

    assert fresh(order).stage == "closed"
    page = text_of(client(district, "tax.head").get(address))
    assert all(words in page for words in ("督办〔", "请报告。", "已办结。", "请附材料。", "附材料。", "销号。"))


@pytest.mark.parametrize("stage", ["open", "answered", "returned", "closed"])
def test_the_page_is_sound_for_everybody_who_reads_it(district, stage):
    order = at(district, stage)
    for username in ("inspect1", "tax.head", "leader1", "desk1"):
        page = client(district, username).get(order.get_absolute_url())
        assert (page.status_code, faults_of(text_of(page))) == (200, [])


def test_buttons_are_those_of_the_flow(district):
    order = at(district, "answered")

    def buttons(username: str) -> list[str]:
        page = text_of(client(district, username).get(order.get_absolute_url()))
        return [name for name in ("answer", "return", "close") if f'{order.get_absolute_url()}{name}/"' in page]

    assert [buttons(username) for username in ("inspect1", "tax.head", "leader1")] == [["return", "close"], [], []]


def test_filters_stand_in_the_address(district):
    waiting, closed = opened(district), at(district, "closed")
    reader = client(district, "inspect1")

    def numbers(query: str) -> list[str]:
        page = text_of(reader.get(LIST + query))
        return [order.address for order in (waiting, closed) if f'href="{order.get_absolute_url()}"' in page]

    first, second = waiting.address, closed.address
    found = [numbers(query) for query in ("", "?state=closed", "?state=all", "?unit=tax&state=all", "?state=answered")]
    assert found == [[first], [second], [first, second], [first, second], []]


def test_what_is_late_is_found_and_marked(district):
    """The test's orders are of September 2026; on any later day they are late, on an earlier one none is."""
    opened(district)
    SupervisionOrder.objects.update(opened_at=timezone.now() - timedelta(days=30), due_at=timezone.now() - timedelta(days=20))

    page = text_of(client(district, "leader1").get(f"{LIST}?overdue=on"))

    assert "light-red" in page
    assert "Tax" in page or "区税务局" in page


@pytest.mark.parametrize("query", ["?state=nowhere", "?unit=nobody", "?state=%00"])
def test_an_unknown_filter_is_told(district, query):
    answer = client(district, "inspect1").get(LIST + query)

    assert answer.status_code == 400
    assert faults_of(text_of(answer)) == []


@pytest.mark.parametrize("query", ["?after=x", "?before=%00", "?overdue=9"])
def test_odd_addresses_of_the_list_give_a_page(district, query):
    assert client(district, "inspect1").get(LIST + query).status_code == 200


def test_another_unit_sees_neither_list_entry_nor_page(district):
    order = opened(district)

    assert client(district, "env.head").get(order.get_absolute_url()).status_code == 404
    assert order.address not in text_of(client(district, "env.head").get(LIST))


def test_a_named_official_and_their_people_see_nothing(district):
    order = opened(district)
    Concern.objects.create(issue=order.issue, official=district["tax.head"])

    for username in ("tax.head", "tax.handler"):
        assert client(district, username).get(order.get_absolute_url()).status_code == 404
        assert order.address not in text_of(client(district, username).get(f"{LIST}?state=all"))


def test_the_firm_sees_no_trace(district):
    """T16."""
    issue = running(district)
    order = at(district, "returned", issue)
    step(district, issue, "direct-line", "leader1", text="严肃督办。")
    summons = called(district, issue)
    firm = client(district, "firm1")

    gone = [
        order.get_absolute_url(),
        f"{order.get_absolute_url()}answer/",
        summons.get_absolute_url(),
        f"{issue.get_absolute_url()}supervise/",
    ]
    assert [firm.get(address).status_code for address in gone] == [404] * len(gone)
    assert [firm.get(address).status_code for address in (LIST, "/summonses/")] == [403, 403]
    for address in (issue.get_absolute_url(), "/", "/issues/", "/inbox/", f"{issue.get_absolute_url()}access/"):
        page = text_of(firm.get(address))
        assert [words for words in ("督办", "约谈", "严肃", "supervision-order") if words in page] == [], address
    kinds = set(Notification.objects.filter(recipient__username="firm1").values_list("kind", flat=True))
    assert not {kind for kind in kinds if "supervision" in kind or "summons" in kind or "directed" in kind}


BAD = ["", "   ", "\u200b", "a\x00b", "x" * 5001]


@pytest.mark.parametrize("words", BAD)
@pytest.mark.parametrize(
    ("name", "stage", "by", "field"),
    [
        ("answer", "open", "tax.head", "text"),
        ("return", "answered", "inspect1", "reason"),
        ("close", "answered", "inspect1", "note"),
    ],
)
def test_bad_words_are_refused_beside_the_field(district, name, stage, by, field, words):
    order = at(district, stage)

    answer = post(district, by, f"{order.get_absolute_url()}{name}/", **{field: words})

    assert answer.status_code == 400
    assert "is-invalid" in text_of(answer)
    assert fresh(order).stage == stage


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_cannot_be_is_refused(district, until):
    issue = running(district)

    answer = post(district, "inspect1", f"{issue.get_absolute_url()}supervise/", unit="tax", text="请报告。", until=until)

    assert (answer.status_code, SupervisionOrder.objects.count()) == (400, 0)


def test_a_unit_that_does_not_handle_it_is_refused(district):
    issue, day = running(district), timezone.localdate() + timedelta(days=5)

    answer = post(district, "inspect1", f"{issue.get_absolute_url()}supervise/", unit="finance", text="请报告。", until=day)

    assert answer.status_code == 400


def test_the_second_inspector_reads_who_was_first(district):
    order = at(district, "closed")

    answer = post(district, "inspect1", f"{order.get_absolute_url()}close/", note="再销一次。")

    assert answer.status_code == 409
    assert "inspect1" in text_of(answer)
    assert "再销一次。" in text_of(answer)


@pytest.mark.parametrize("page", ["nothing", "open", "urge"])
def test_a_step_that_does_not_exist_is_not_found(district, page):
    assert client(district, "inspect1").get(f"{opened(district).get_absolute_url()}{page}/").status_code == 404


def test_messages_name_the_order_and_lead_to_it(district):
    order = act(district, at(district, "returned"), "answer")
    act(district, order, "close")
    summons = called(district, order.issue)

    told = Notification.objects.filter(kind__startswith="issue_supervision").order_by("pk")
    assert {row.kind.removeprefix("issue_supervision_") for row in told} == {"opened", "answered", "returned", "closed"}
    for letter in messages_of(list(told)):
        assert str(order) in letter.subject
        assert letter.url == order.get_absolute_url()
    called_in = messages_of(list(Notification.objects.filter(kind="issue_summons_called")))
    assert all(letter.url == summons.get_absolute_url() for letter in called_in)
    assert len(called_in) == 2


def test_who_represents_the_firm_and_works_in_the_unit_reads_no_message_once_they_are_named(district):
    """T16: as the firm's person they see the issue, but nothing that is internal."""
    order = opened(district)
    told = Notification.objects.get(kind="issue_supervision_opened", recipient=district["tax.head"])
    Representative.objects.create(enterprise=district.firm, user=district["tax.head"], role="staff", since=timezone.now())
    Concern.objects.create(issue=order.issue, official=district["tax.head"])

    assert messages_of([Notification.objects.get(pk=told.pk)]) == []


def test_the_start_pages_say_whose_it_is(district):
    late = opened(district)
    at(district, "answered")
    late_by = {"opened_at": timezone.now() - timedelta(days=30), "due_at": timezone.now() - timedelta(days=20)}
    SupervisionOrder.objects.filter(pk=late.pk).update(**late_by)

    for username in ("inspect1", "leader1", "leader.main", "tax.head", "tax.liaison"):
        page = text_of(client(district, username).get("/"))
        assert late.get_absolute_url() in page, username
        assert "light-red" in page
        assert faults_of(page) == []
    assert late.get_absolute_url() not in text_of(client(district, "env.head").get("/"))


def test_leaders_write_a_directive_with_one_tap(district):
    issue = running(district)
    Issue.objects.update(due_at=timezone.now() - timedelta(days=9))
    button = f'{issue.get_absolute_url()}direct-line/"'

    for username in ("leader1", "leader.main"):
        for address in ("/", "/issues/", issue.get_absolute_url()):
            assert button in text_of(client(district, username).get(address)), (username, address)
    assert button not in text_of(client(district, "inspect1").get("/issues/"))
    assert post(district, "leader1", f"{issue.get_absolute_url()}direct-line/", phrase="report").status_code == 302
    assert issue.directives.get().text == "请于三个工作日内向我报告办理情况。"


def test_a_directive_without_words_is_refused(district):
    issue = running(district)

    assert post(district, "leader1", f"{issue.get_absolute_url()}direct-line/").status_code == 400
    assert post(district, "leader1", f"{issue.get_absolute_url()}direct-line/", phrase="nonsense").status_code == 400


def test_the_words_of_a_sensitive_issue_are_masked(district):
    issue = running(district, sensitive=True)
    write_directive(issue, by=district["leader1"], now=timezone.now(), text=f"{district.firm.name}反映的问题要解决。")

    page = text_of(client(district, "inspect1").get(issue.supervision_orders.get().get_absolute_url()))

    assert district.firm.name not in page
    assert "〔企业〕" in page


# --- summonses ------------------------------------------------------------------------------------
def called(district, issue: Issue | None = None) -> Summons:
    issue, day = issue or running(district), timezone.localdate() + timedelta(days=5)
    answer = post(district, "leader1", f"{issue.get_absolute_url()}summon/", unit="tax", reason="久拖不决。", until=day)
    assert answer.status_code == 302
    return Summons.objects.latest("pk")


RECORD = {"attendants": "分管副区长、税务局局长", "said": "说明了原因。", "measures": "九月底前办结。"}


def test_a_summons_is_called_and_recorded(district):
    summons = called(district)
    today = timezone.localdate()
    Issue.objects.update(submitted_at=timezone.now() - timedelta(days=3))

    assert post(district, "inspect1", f"{summons.get_absolute_url()}record/", held_on=today, **RECORD).status_code == 302

    summons.refresh_from_db()
    assert (summons.stage, summons.held_on, summons.recorded_by.username) == ("recorded", today, "inspect1")
    page = client(district, "tax.head").get(summons.get_absolute_url())
    assert faults_of(text_of(page)) == []
    assert all(words in text_of(page) for words in RECORD.values())
    assert post(district, "leader1", f"{summons.get_absolute_url()}record/", held_on=today, **RECORD).status_code == 409


@pytest.mark.parametrize(
    "broken", [{"held_on": "2999-01-01"}, {"held_on": "2001-01-01"}, {"held_on": ""}, {"said": ""}, {"measures": " "}]
)
def test_half_a_record_is_refused(district, broken):
    summons = called(district)
    given = {"held_on": timezone.localdate(), **RECORD, **broken}

    assert post(district, "inspect1", f"{summons.get_absolute_url()}record/", **given).status_code == 400
    assert summons_for(district["inspect1"], summons.pk).stage == "called"


def test_the_list_of_summonses(district):
    summons = called(district)

    page = client(district, "inspect1").get("/summonses/")
    assert summons.get_absolute_url() in text_of(page)
    assert faults_of(text_of(page)) == []
    assert client(district, "inspect1").get("/summonses/?state=recorded").status_code == 200
    assert client(district, "inspect1").get("/summonses/?state=x").status_code == 400


def test_queries_do_not_grow_with_the_list(district):
    def cost() -> int:
        reader = client(district, "inspect1")
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(LIST).status_code == 200
        return len(queries)

    act(district, opened(district), "answer")
    opened(district)  # one that still waits: only its light asks for the calendar
    few = cost()
    for _n in range(5):
        opened(district)

    assert cost() == few

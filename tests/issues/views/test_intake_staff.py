"""The desk enters an issue on a firm's behalf; receipts for both sides."""

import pytest
from django.urls import reverse

from enterprises.enums import Status
from issues.enums import Channel, Stage
from issues.models import Issue
from liaison.accounts.models import Duty
from liaison.notifications.models import Notification
from liaison.parameters.models import Parameter
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.issues import person, submitted, walk
from tests.issues.views.intake_forms import answers, form_on, png, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk1(client, district):
    client.force_login(district["desk1"])
    return client


def entered(district, **changes):
    return answers(enterprise=district.firm.credit_code, channel="paper", **changes)


def test_the_desk_finds_the_firm_first(desk1, district):
    waiting = EnterpriseFactory(name="水木未核验有限公司", status=Status.APPLIED)
    assert 'data-page="issue-new-choose-firm"' in desk1.get("/issues/new/").text

    page = desk1.get("/issues/new/", {"q": "水木"})

    assert f"?enterprise={district.firm.credit_code}" in page.text
    assert waiting.name not in page.text


@pytest.mark.parametrize("words", ["", " ", "没有这家", "\x00", "' & !", "x" * 5000])
def test_a_search_that_finds_nothing_is_no_fault(desk1, words):
    assert desk1.get("/issues/new/", {"q": words}).status_code == 200


@pytest.mark.parametrize("channel", ["meeting", "visit", "supervisor", "hotline", "paper"])
def test_an_issue_is_entered_for_a_firm_which_is_told(desk1, district, channel):
    page = desk1.get("/issues/new/", {"enterprise": district.firm.credit_code})
    assert 'data-page="issue-new-whole"' in page.text

    response = desk1.post(
        "/issues/new/", {**form_on(page, "/issues/new/"), **entered(district, attachments=png()), "channel": channel}
    )

    issue = Issue.objects.get()
    assert response.url == reverse("issues:receipt", args=[issue.address])
    assert (issue.stage, issue.enterprise, issue.channel, issue.entered_by_unit.code) == (
        Stage.SUBMITTED,
        district.firm,
        channel,
        "desk",
    )
    assert [file.by_firm for file in issue.attachments.all()] == [False]
    assert Notification.objects.filter(recipient__username="firm1", kind="issue_entered_for_you").count() == 1


@pytest.mark.parametrize("channel", ["", "web", "direct", "pigeon"])
def test_the_channel_must_be_one_of_staff(desk1, district, channel):
    response = desk1.post("/issues/new/", {**entered(district), "channel": channel})

    assert response.status_code == 400
    draft = Issue.objects.get()
    assert (draft.stage, draft.title) == (Stage.DRAFT, answers()["title"])


def test_staff_have_no_direct_line(desk1, district):
    desk1.post("/issues/new/", entered(district, leader="leader.main"))

    assert Issue.objects.get().leader is None


@pytest.mark.parametrize("code", ["", "91510311MA00000000", "\x00"])
def test_a_form_without_a_firm_keeps_everything(desk1, code):
    response = desk1.post("/issues/new/", answers(enterprise=code, channel="paper", attachments=png("信.png")))

    assert response.status_code == 400
    assert answers()["title"] in response.text
    assert "信.png" in words_of(response)
    assert not Issue.objects.exists()


def test_files_of_a_form_without_a_firm_arrive_in_the_end(desk1, district):
    page = desk1.post("/issues/new/", answers(channel="paper", attachments=png("信.png")))

    desk1.post("/issues/new/", {**form_on(page, "/issues/new/"), "enterprise": district.firm.credit_code})

    assert [file.name for file in Issue.objects.get().attachments.all()] == ["信.png"]


def test_the_caps_of_firms_do_not_bind_the_desk(desk1, district):
    Parameter.objects.create(key="issues.daily_cap", value=1)
    for n in range(3):
        assert desk1.post("/issues/new/", entered(district, title=f"第{n}件")).status_code == 302


def test_the_desk_enters_nothing_for_a_firm_that_is_not_verified(desk1):
    firm = EnterpriseFactory(status=Status.SUSPENDED)

    assert desk1.get("/issues/new/", {"enterprise": firm.credit_code}).status_code == 403
    assert desk1.post("/issues/new/", answers(enterprise=firm.credit_code, channel="paper")).status_code == 403


def test_a_draft_of_staff_is_their_own(desk1, client, district):
    response = desk1.post("/issues/drafts/", {"enterprise": district.firm.credit_code, "title": "先记下来", "channel": "visit"})
    draft = Issue.objects.get()
    assert response.url == reverse("issues:draft-page", args=[draft.draft_key, "whole"])
    assert "先记下来" in desk1.get(response.url).text
    assert str(draft.draft_key) in desk1.get("/issues/new/").text

    for username in ("desk2", "firm1", "tax.head"):
        client.force_login(district[username])
        assert client.get(response.url).status_code == 404
        assert str(draft.draft_key) not in client.get("/issues/new/").text


def test_a_draft_of_staff_is_finished_and_sent(desk1, district):
    desk1.post(
        "/issues/drafts/",
        {"enterprise": district.firm.credit_code, "title": "先记下来", "channel": "visit", "attachments": png()},
    )
    draft = Issue.objects.get()
    page = desk1.get(reverse("issues:draft-page", args=[draft.draft_key, "whole"]))

    desk1.post("/issues/new/", {**form_on(page, "/issues/new/"), "body": "正文", "category": "01", "nature": "help"})

    issue = Issue.objects.get()
    assert (issue.stage, issue.title, issue.channel, issue.attachments.count()) == (Stage.SUBMITTED, "先记下来", Channel.VISIT, 1)


def test_a_wrong_value_is_not_kept_silently(desk1, district):
    response = desk1.post("/issues/drafts/", {"enterprise": district.firm.credit_code, "title": "题" * 90, "channel": "visit"})

    assert response.status_code == 400
    assert "题" * 90 in response.text


def test_a_refused_file_is_not_passed_over_silently(desk1, district):
    values = {"enterprise": district.firm.credit_code, "title": "先记下来", "attachments": png("坏.exe")}

    response = desk1.post("/issues/drafts/", values)

    assert response.status_code == 400
    assert "坏.exe" in words_of(response)


@pytest.mark.parametrize(
    "duty", [Duty.EVENT_STAFF, Duty.SUPERVISOR, Duty.CALLER, Duty.INSPECTOR, Duty.LIAISON, Duty.DISCIPLINE_HEAD]
)
def test_no_other_duty_enters_issues(client, district, duty):
    client.force_login(person(f"some.{duty}", (district.units["desk"], duty)))

    assert client.get("/issues/new/", {"enterprise": district.firm.credit_code}).status_code == 403
    assert client.post("/issues/new/", entered(district)).status_code == 403


def test_the_page_for_staff_shows_what_the_firm_has_open(desk1, district):
    known = submitted(district)

    assert known.number in desk1.get("/issues/new/", {"enterprise": district.firm.credit_code}).text


def test_pages_for_staff_need_few_queries(desk1, district, django_assert_max_num_queries):
    for n in range(6):
        submitted(district, title=f"第{n}件")
        EnterpriseFactory()
    for query in ({"q": "有限公司"}, {"enterprise": district.firm.credit_code}):
        with django_assert_max_num_queries(14):
            assert desk1.get("/issues/new/", query).status_code == 200


# --- the receipt --------------------------------------------------------------------------------------
def test_the_receipt_says_number_next_step_date_and_contact(client, district, settings):
    issue = submitted(district)
    client.force_login(district["firm1"])

    text = words_of(client.get(f"/issues/{issue.address}/receipt/"))

    for words in (issue.number, issue.title, "2026年9月7日(周一) 15:00", settings.DESK_PHONE):
        assert words in text


def test_the_receipt_later_says_where_the_issue_stands(client, district):
    issue = walk(district, submitted(district), "admit", "dispatch-alone")
    client.force_login(district["firm1"])

    assert "2026年9月8日" not in words_of(client.get(f"/issues/{issue.address}/receipt/"))


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("firm1", 200),
        ("desk1", 200),
        ("inspect1", 403),
        ("leader.main", 403),
        ("tax.handler", 403),
        ("env.handler", 404),
        ("firm2", 404),
        ("stranger", 404),
        ("admin.audit", 404),
    ],
)
def test_who_may_read_a_receipt(client, district, username, status):
    issue = walk(district, submitted(district, sensitive=True), "admit", "dispatch-alone")
    client.force_login(district[username])

    response = client.get(f"/issues/{issue.address}/receipt/")

    assert response.status_code == status
    assert status == 200 or district.firm.name not in response.text


def test_a_receipt_needs_few_queries(client, district, django_assert_max_num_queries):
    issue = submitted(district)
    client.force_login(district["firm1"])
    with django_assert_max_num_queries(16):
        client.get(f"/issues/{issue.address}/receipt/")

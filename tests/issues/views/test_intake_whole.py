"""A whole issue posted at once, as the check page and outside programs do it; and everything that can be wrong with it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enterprises.enums import Status
from enterprises.models import Enterprise, Representative
from issues.actions.intake import TooManyFiles, change_files
from issues.enums import Channel, Stage
from issues.models import Attachment, Category, Issue, IssueEvent
from liaison.files.forms import token_of
from liaison.files.models import PendingUpload
from liaison.notifications.models import Notification
from liaison.parameters.models import Parameter
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.issues import make_district, submitted
from tests.issues.views.intake_forms import answers, form_on, png, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm1(client, district):
    client.force_login(district["firm1"])
    return client


def receipt_of(issue):
    return reverse("issues:receipt", args=[issue.address])


def test_everything_in_one_go_makes_the_issue(firm1, district):
    response = firm1.post("/issues/new/", answers(attachments=[png("一.png"), png("二.png", "blue")]))

    issue = Issue.objects.get()
    assert (response.status_code, response.url) == (302, receipt_of(issue))
    assert (issue.stage, issue.enterprise, issue.channel, issue.category.code, issue.nature) == (
        Stage.SUBMITTED,
        district.firm,
        Channel.WEB,
        "01",
        "help",
    )
    assert sorted((file.name, file.by_firm) for file in issue.attachments.all()) == [("一.png", True), ("二.png", True)]
    assert Notification.objects.filter(kind="issue_submitted").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Give a title"),
        ("title", "  　 ", "Give a title"),
        ("title", "题" * 81, "1 character too long"),
        ("body", "", "Write what the matter is"),
        ("body", "字" * 6000, "1000 characters too long: at most 5000"),
        ("category", "", "Choose a field"),
        ("category", "77", "This field does not exist"),
        ("category", "\x00", "Null characters are not allowed"),
        ("nature", "", "Choose what you want"),
        ("nature", "joke", "Choose one of the list"),
        ("urgency", "never", "Choose one of the list"),
        ("sensitive", "perhaps", "Choose yes or no"),
        ("leader", "desk1", "Choose one of the list"),
        ("concerns_text", "名" * 201, "1 character too long"),
    ],
)
def test_a_wrong_answer_is_named_and_all_others_are_kept(client, district, settings, field, value, said):
    client.force_login(district["firm1"])
    client.cookies["django_language"] = "en"

    response = client.post("/issues/new/", answers(**{field: value, "attachments": png("证据.png")}))

    assert response.status_code == 400
    assert said in words_of(response)
    assert response.text.split("<title>")[1].startswith("Error:")
    draft = Issue.objects.get()
    assert draft.stage == Stage.DRAFT
    assert "证据.png" in words_of(response)
    fields = form_on(response, "/issues/new/")
    sent = client.post("/issues/new/", {**fields, field: answers(leader="", concerns_text="")[field]})
    assert sent.status_code == 302
    issue = Issue.objects.get()
    assert (issue.stage, issue.title, [file.name for file in issue.attachments.all()]) == (
        Stage.SUBMITTED,
        answers()["title"],
        ["证据.png"],
    )


def test_what_is_too_long_is_given_back_whole(firm1):
    response = firm1.post("/issues/new/", answers(title="题" * 90, body="字" * 6000))

    assert "题" * 90 in response.text
    assert "字" * 6000 in response.text


@pytest.mark.parametrize("body", ["字" * 5000, "\r\n".join("行" * 2500)[:7498]])
def test_a_text_of_exactly_the_limit_is_taken(firm1, body):
    assert firm1.post("/issues/new/", answers(body=body)).status_code == 302


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("𠮷野家开店 🏭🎉", "𠮷野家开店 🏭🎉"),
        ("正常\u202e反转\u202c标题", "正常反转标题"),
        ("\u2067من\u2069 标题", "من 标题"),
        ("零\x00字节\x07铃", "零字节铃"),
        ("两\r\n行", "两 行"),
        ("<script>alert(1)</script>{{ 7*7 }}", "<script>alert(1)</script>{{ 7*7 }}"),
    ],
)
def test_rare_signs_are_kept_and_misleading_ones_go(firm1, title, kept):
    response = firm1.post("/issues/new/", answers(title=title), follow=True)

    assert response.status_code == 200
    assert Issue.objects.get().title == kept
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    ("value", "sensitive"),
    [("on", True), ("true", True), ("1", True), ("yes", True), ("", False), ("no", False), ("False", False), (None, False)],
)
def test_sensitive_is_understood_however_it_is_written(firm1, value, sensitive):
    values = answers(sensitive=value)
    firm1.post("/issues/new/", {name: value for name, value in values.items() if value is not None})

    assert Issue.objects.get().sensitive is sensitive


def test_urgency_may_be_left_out(firm1):
    values = answers()
    del values["urgency"]

    assert firm1.post("/issues/new/", values).status_code == 302
    assert Issue.objects.get().urgency == "normal"


@pytest.mark.parametrize("name", ["木马.exe", "图.svg", "页.html", "包.zip", "旧.doc"])
def test_refused_files_are_named_and_nothing_is_lost(firm1, name):
    response = firm1.post("/issues/new/", answers(attachments=[png("好.png"), png(name)]))

    assert response.status_code == 400
    assert name in words_of(response)
    sent = firm1.post("/issues/new/", form_on(response, "/issues/new/"))
    assert sent.status_code == 302
    assert [file.name for file in Issue.objects.get().attachments.all()] == ["好.png"]


def test_a_file_of_a_byte_more_than_20_mb_is_named(firm1):
    large = SimpleUploadedFile("扫描件.pdf", b"%PDF-1.7" + b"0" * (20 * 1024 * 1024 - 7))

    response = firm1.post("/issues/new/", answers(attachments=[png("好.png"), large]))

    assert response.status_code == 400
    assert "扫描件.pdf" in words_of(response)
    assert [file.name for file in Attachment.objects.all()] == ["好.png"]


def test_a_file_too_many_is_named(firm1):
    response = firm1.post("/issues/new/", answers(attachments=[png(f"第{n}张.png") for n in range(11)]))

    assert response.status_code == 400
    assert "第10张.png" in words_of(response)
    assert Issue.objects.get().attachments.count() == 10


def test_a_kept_file_can_be_taken_out_on_the_way(firm1):
    page = firm1.post("/issues/new/", answers(title="", attachments=[png("一.png"), png("二.png", "blue")]))
    first = Attachment.objects.get(name="一.png")

    firm1.post("/issues/new/", {**form_on(page, "/issues/new/"), "title": "标题", "remove": [first.pk, 99999]})

    assert [file.name for file in Issue.objects.get().attachments.all()] == ["二.png"]


def test_a_file_taken_out_in_another_window_is_asked_for_again(firm1, district):
    pending = PendingUpload.objects.create(
        owner=district["firm1"], file="x/y", name="走了.txt", media_type="text/plain", size=1, sha256="x", used_at=timezone.now()
    )

    response = firm1.post("/issues/new/", answers(attachments_kept=token_of(pending)))

    assert response.status_code == 400
    assert "走了.txt" in words_of(response)


def test_nothing_at_all_leaves_no_draft(firm1):
    assert firm1.post("/issues/new/", {}).status_code == 400
    assert not Issue.objects.exists()


def test_the_same_wrong_form_again_is_one_draft(firm1):
    for _ in range(3):
        firm1.post("/issues/new/", answers(category="77", attachments=png()))

    assert Issue.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_the_same_form_without_a_key_is_one_issue(firm1):
    first, second = (firm1.post("/issues/new/", answers(attachments=png())) for _ in range(2))

    assert first.url == second.url
    assert Issue.objects.count() == 1


def test_the_same_key_with_other_words_is_another_issue(firm1):
    word = uuid.uuid4().hex
    firm1.post("/issues/new/", answers(once_key=word))
    firm1.post("/issues/new/", answers(once_key=word, title="另一件事"))
    firm1.post("/issues/new/", answers(once_key=word, title="另一件事"))

    assert sorted(Issue.objects.values_list("title", flat=True)) == sorted([answers()["title"], "另一件事"])


def test_a_key_serves_nobody_else(client, district):
    for username in ("firm1", "firm2"):
        client.force_login(district[username])
        client.post("/issues/new/", answers(once_key="the same word"))

    assert {issue.enterprise for issue in Issue.objects.all()} == {district.firm, district.other_firm}


@pytest.mark.parametrize("key", ["", "x", "\x00", "a" * 5000, "00000000-0000-4000-8000-000000000000"])
def test_a_made_up_draft_is_simply_a_new_issue(firm1, key):
    assert firm1.post("/issues/new/", answers(draft=key, once_key=key)).status_code == 302


def test_a_foreign_draft_is_not_touched(client, district):
    client.force_login(district["firm2"])
    client.post("/issues/drafts/", {"title": "别人的", "body": "别人的正文"})
    foreign = Issue.objects.get()
    client.force_login(district["firm1"])

    client.post("/issues/new/", answers(draft=foreign.draft_key))

    foreign.refresh_from_db()
    assert (foreign.stage, foreign.title) == (Stage.DRAFT, "别人的")
    assert Issue.objects.exclude(pk=foreign.pk).get().enterprise == district.firm


def test_the_daily_cap_is_said_and_the_draft_kept(firm1, district):
    Parameter.objects.create(key="issues.daily_cap", value=1)
    submitted(district, now=timezone.now())

    for _ in range(2):
        response = firm1.post("/issues/new/", answers(title="第二件", attachments=png()))

    assert response.status_code == 429
    draft = Issue.objects.get(stage=Stage.DRAFT)
    assert str(draft.draft_key) in response.text
    assert (draft.title, draft.attachments.count()) == ("第二件", 1)


@pytest.mark.parametrize("status", [Status.APPLIED, Status.REFUSED, Status.SUSPENDED, Status.CLOSED])
def test_only_verified_firms_raise_issues(firm1, district, status):
    Enterprise.objects.filter(pk=district.firm.pk).update(status=status, status_reason="材料不齐")

    for response in (firm1.get("/issues/new/"), firm1.post("/issues/new/", answers()), firm1.post("/issues/drafts/", answers())):
        assert response.status_code == 403
        assert "材料不齐" in words_of(response)
    assert not Issue.objects.exists()


def test_a_firm_suspended_while_writing_keeps_the_draft(firm1, district, monkeypatch):
    firm1.post("/issues/drafts/", answers())
    draft = Issue.objects.get()
    Enterprise.objects.filter(pk=district.firm.pk).update(status=Status.SUSPENDED)

    response = firm1.post("/issues/new/", answers(draft=draft.draft_key))

    assert response.status_code == 403
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_somebody_removed_from_the_firm_raises_nothing(firm1, district):
    Representative.objects.filter(user=district.people["firm1"]).update(ended_at=timezone.now())

    assert firm1.post("/issues/new/", answers()).status_code == 403
    assert firm1.get("/issues/new/").status_code == 403


@pytest.mark.parametrize("code", ["foreign", "91510311MA00000000", "\x00", "' or 1=1"])
def test_for_a_foreign_firm_there_is_no_page(firm1, district, code):
    code = district.other_firm.credit_code if code == "foreign" else code

    assert firm1.get("/issues/new/", {"enterprise": code}).status_code == 404
    assert firm1.post("/issues/new/", answers(enterprise=code)).status_code == 404
    assert not Issue.objects.exists()


def test_one_of_several_firms_is_named(client, district):
    second = EnterpriseFactory(manager=district.people["firm1"])
    client.force_login(district["firm1"])

    client.post("/issues/new/", answers(enterprise=second.credit_code))

    assert Issue.objects.get().enterprise == second


@pytest.mark.parametrize(
    "username",
    [
        "tax.liaison",
        "tax.handler",
        "tax.head",
        "leader1",
        "leader.main",
        "inspect1",
        "caller1",
        "admin.system",
        "admin.security",
        "admin.audit",
        "stranger",
    ],
)
def test_who_is_neither_firm_nor_desk_is_told_what_to_do(client, district, username):
    client.force_login(district[username])

    for response in (
        client.get("/issues/new/"),
        client.get("/issues/new/", {"enterprise": district.firm.credit_code}),
        client.post("/issues/new/", answers(enterprise=district.firm.credit_code)),
        client.post("/issues/drafts/", answers()),
    ):
        assert response.status_code == 403
        assert 'data-page="issue-new-not-for-you"' in response.text
    assert not Issue.objects.exists()


def test_visitors_sign_in_first(client):
    for address in ("/issues/new/", "/issues/drafts/", "/issues/2026-1/receipt/"):
        assert client.get(address).status_code == 302


def test_a_category_out_of_use_is_not_offered(firm1):
    Category.objects.filter(code="01").update(is_active=False)

    assert firm1.post("/issues/new/", answers()).status_code == 400


def test_files_beyond_the_limit_are_stopped_under_the_lock(firm1, district, settings):
    firm1.post("/issues/drafts/", answers())
    draft = Issue.objects.get()
    Attachment.objects.bulk_create(
        [
            Attachment(issue=draft, file=f"x/{n}", name=f"{n}.txt", media_type="text/plain", size=1, sha256=str(n))
            for n in range(10)
        ]
    )
    firm1.post("/issues/new/", answers(attachments=png()))
    pending = PendingUpload.objects.create(
        owner=district["firm1"], file="x/y", name="more.txt", media_type="text/plain", size=1, sha256="more"
    )

    with pytest.raises(TooManyFiles):
        change_files(draft, add=[pending], by=district["firm1"], now=timezone.now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("named", [True, False])
def test_fifty_posts_of_one_form_at_once_make_one_issue(named):
    district = make_district()
    client = Client()
    client.force_login(district["firm1"])
    values = answers()
    if named:
        client.post("/issues/drafts/", answers())
        draft = Issue.objects.get()
        values = answers(draft=draft.draft_key, once_key=draft.draft_key.hex)

    def post(_):
        mine = Client()
        mine.cookies = client.cookies
        try:
            response = mine.post("/issues/new/", values)
            return response.status_code, response.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        outcomes = set(pool.map(post, range(50)))

    issue = Issue.objects.get()
    assert outcomes == {(302, receipt_of(issue))}
    assert IssueEvent.objects.filter(kind="submit").count() == 1
    assert Notification.objects.filter(kind="issue_submitted", recipient__username="desk1").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_different_issues_of_one_firm_at_once_all_arrive():
    district = make_district()
    client = Client()
    client.force_login(district["firm1"])

    def post(n):
        mine = Client()
        mine.cookies = client.cookies
        try:
            return mine.post("/issues/new/", answers(title=f"第{n}件")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(post, range(12))) == {302}

    assert sorted(Issue.objects.values_list("serial", flat=True)) == list(range(1, 13))

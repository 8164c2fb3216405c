"""One question per page, kept at every step."""

import uuid

import pytest
from django.urls import reverse

from enterprises.enums import Status
from issues.enums import Channel, Stage
from issues.models import Issue
from liaison.files.models import PendingUpload
from tests.factories.enterprises import EnterpriseFactory, RepresentativeFactory
from tests.factories.issues import submitted
from tests.issues.views.intake_forms import ANSWERS, form_on, png, words_of

pytestmark = pytest.mark.django_db
MATTER = {"title": ANSWERS["title"], "body": ANSWERS["body"]}
CLASS = {name: ANSWERS[name] for name in ("category", "nature", "urgency")}


@pytest.fixture
def firm1(client, district):
    client.force_login(district["firm1"])
    return client


def begin(client, **values):
    response = client.post("/issues/drafts/", {**MATTER, "once_key": uuid.uuid4().hex, **values})
    assert response.status_code == 302, words_of(response)
    return Issue.objects.latest("pk")


def page_of(draft, name):
    return reverse("issues:draft-page", args=[draft.draft_key, name])


def test_the_first_page_asks_what_it_is_about(firm1):
    response = firm1.get("/issues/new/")

    assert response.status_code == 200
    assert 'data-page="issue-new"' in response.text
    assert set(form_on(response, "/issues/drafts/")) == {"csrfmiddlewaretoken", "once_key", "enterprise", "title", "body"}


def test_every_step_is_kept_and_leads_to_the_next(firm1):
    draft = begin(firm1)
    pages = [
        ("classify", CLASS, "concerns"),
        ("concerns", {"sensitive": "yes", "concerns_text": "税务局 张三"}, "files"),
        ("files", {"attachments": png()}, "check"),
    ]

    for page, values, following in pages:
        assert firm1.get(page_of(draft, page)).status_code == 200
        response = firm1.post(page_of(draft, page), values)
        assert response.status_code == 302, words_of(response)
        assert response.url == page_of(draft, following)

    draft.refresh_from_db()
    assert (draft.title, draft.category.code, draft.nature, draft.sensitive, draft.concerns_text) == (
        MATTER["title"],
        "01",
        "help",
        True,
        "税务局 张三",
    )
    assert [(file.name, file.by_firm) for file in draft.attachments.all()] == [("照片.png", True)]


def test_the_same_first_page_twice_is_one_draft(firm1):
    word = uuid.uuid4().hex
    begin(firm1, once_key=word)

    begin(firm1, once_key=word, title="改过的标题")

    assert list(Issue.objects.values_list("title", flat=True)) == ["改过的标题"]


def test_a_draft_opens_where_something_is_missing(firm1):
    draft = begin(firm1)
    assert firm1.get(f"/issues/drafts/{draft.draft_key}/").url == page_of(draft, "classify")

    firm1.post(page_of(draft, "classify"), CLASS)

    assert firm1.get(f"/issues/drafts/{draft.draft_key}/").url == page_of(draft, "check")


def test_the_check_page_of_an_incomplete_draft_leads_back(firm1):
    draft = begin(firm1)

    assert firm1.get(page_of(draft, "check")).url == page_of(draft, "classify")


def test_change_links_lead_back_to_the_answers(firm1):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    check = firm1.get(page_of(draft, "check"))
    for page in ("matter", "classify", "concerns", "files"):
        assert f"{page_of(draft, page)}?then=check" in check.text

    response = firm1.post(f"{page_of(draft, 'matter')}?then=check", {**MATTER, "title": "新标题"})

    assert response.url == page_of(draft, "check")
    assert "新标题" in firm1.get(response.url).text


def test_the_check_page_posts_everything_and_sends(firm1):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    firm1.post(page_of(draft, "files"), {"attachments": [png("一.png"), png("二.png", "blue")]})
    fields = form_on(firm1.get(page_of(draft, "check")), "/issues/new/")
    assert {"title", "body", "category", "nature", "urgency", "sensitive", "attachments", "draft", "once_key"} <= set(fields)

    response = firm1.post("/issues/new/", fields)

    issue = Issue.objects.get()
    assert response.url == reverse("issues:receipt", args=[issue.address])
    assert (issue.stage, issue.body, issue.channel) == (Stage.SUBMITTED, MATTER["body"], Channel.WEB)
    assert issue.attachments.count() == 2


def test_back_after_sending_shows_the_receipt_again(firm1):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    fields = form_on(firm1.get(page_of(draft, "check")), "/issues/new/")
    receipt = firm1.post("/issues/new/", fields).url

    assert firm1.post("/issues/new/", fields).url == receipt
    for page in ("", "matter/", "check/", "discard/"):
        assert firm1.get(f"/issues/drafts/{draft.draft_key}/{page}").url == receipt
    assert Issue.objects.count() == 1


def test_a_page_of_a_sent_draft_says_so_and_gives_the_words_back(firm1):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    firm1.post("/issues/new/", form_on(firm1.get(page_of(draft, "check")), "/issues/new/"))

    response = firm1.post(page_of(draft, "matter"), {**MATTER, "body": "后来才写的话"})

    assert response.status_code == 409
    assert "后来才写的话" in response.text


def test_valid_parts_of_a_wrong_page_are_kept(firm1):
    draft = begin(firm1)

    response = firm1.post(page_of(draft, "matter"), {"title": "新标题", "body": "长" * 6000})

    assert response.status_code == 400
    assert "长" * 6000 in response.text
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("新标题", MATTER["body"])


def test_a_wrong_first_page_keeps_what_is_right(firm1):
    response = firm1.post("/issues/drafts/", {**MATTER, "body": "", "once_key": "w"})
    assert response.status_code == 400
    draft = Issue.objects.get()
    assert draft.title == MATTER["title"]
    fields = form_on(response, "/issues/drafts/")
    assert fields["draft"] == [str(draft.draft_key)]

    firm1.post("/issues/drafts/", {**fields, "body": "补上的正文"})

    assert [issue.body for issue in Issue.objects.all()] == ["补上的正文"]


def test_an_empty_first_page_keeps_nothing(firm1):
    assert firm1.post("/issues/drafts/", {"title": "", "body": " "}).status_code == 400
    assert not Issue.objects.exists()


def test_good_files_stay_when_others_are_refused(firm1):
    draft = begin(firm1)

    response = firm1.post(page_of(draft, "files"), {"attachments": [png("好.png"), png("坏.exe")]})

    assert response.status_code == 400
    assert [file.name for file in draft.attachments.all()] == ["好.png"]
    assert "坏.exe" in words_of(response)
    assert not PendingUpload.objects.unused().exists()


def test_choose_more_files_stays_on_the_page(firm1):
    draft = begin(firm1)

    assert firm1.post(page_of(draft, "files"), {"attachments": png(), "more": "1"}).url == page_of(draft, "files")


def test_the_same_file_twice_is_kept_once(firm1):
    draft = begin(firm1)
    for _ in range(2):
        firm1.post(page_of(draft, "files"), {"attachments": png()})

    assert draft.attachments.count() == 1


def test_a_file_is_given_out_and_taken_out(firm1, django_capture_on_commit_callbacks):
    draft = begin(firm1)
    firm1.post(page_of(draft, "files"), {"attachments": png()})
    file = draft.attachments.get()
    address = reverse("issues:draft-attachment", args=[draft.draft_key, file.pk])
    download = firm1.get(address)
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download)
    remove = reverse("issues:draft-attachment-remove", args=[draft.draft_key, file.pk])
    assert firm1.get(remove).status_code == 405

    with django_capture_on_commit_callbacks(execute=True):
        assert firm1.post(remove).url == page_of(draft, "files")

    assert firm1.get(address).status_code == 404
    assert not file.file.storage.exists(file.file.name)
    assert firm1.post(remove).status_code == 302


def test_no_more_than_ten_files(firm1):
    draft = begin(firm1)
    firm1.post(page_of(draft, "files"), {"attachments": [png(f"{n}.png") for n in range(8)]})

    response = firm1.post(page_of(draft, "files"), {"attachments": [png(f"{n}.png") for n in range(8, 12)]})

    assert response.status_code == 400
    assert draft.attachments.count() == 10
    assert "11.png" in words_of(response)


def test_drafts_are_offered_to_colleagues_and_survive_signing_out(client, district):
    client.force_login(district["firm1"])
    draft = begin(client)
    client.logout()
    RepresentativeFactory(enterprise=district.firm, user=district.people["firm2.staff"])

    client.force_login(district["firm2.staff"])

    assert str(draft.draft_key) in client.get("/issues/new/").text
    assert client.get(page_of(draft, "matter")).status_code == 200


def test_a_draft_is_discarded_with_its_files(firm1, django_capture_on_commit_callbacks):
    draft = begin(firm1)
    firm1.post(page_of(draft, "files"), {"attachments": png()})
    file = draft.attachments.get()
    assert firm1.get(f"/issues/drafts/{draft.draft_key}/discard/").status_code == 200
    assert Issue.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert firm1.post(f"/issues/drafts/{draft.draft_key}/discard/").url == "/issues/new/"

    assert not Issue.objects.exists()
    assert not file.file.storage.exists(file.file.name)


@pytest.mark.parametrize(
    "username", ["firm2", "stranger", "desk1", "tax.handler", "leader.main", "inspect1", "caller1", "admin.system"]
)
def test_nobody_else_sees_a_draft(client, district, username):
    client.force_login(district["firm1"])
    draft = begin(client)
    client.post(page_of(draft, "files"), {"attachments": png()})
    file = draft.attachments.get()

    client.force_login(district[username])

    for page in ("", "matter/", "classify/", "files/", "check/", "discard/", "whole/", f"attachments/{file.pk}/"):
        assert client.get(f"/issues/drafts/{draft.draft_key}/{page}").status_code == 404
    for page in ("matter/", "discard/", f"attachments/{file.pk}/remove/"):
        assert client.post(f"/issues/drafts/{draft.draft_key}/{page}").status_code == 404
    draft.refresh_from_db()


@pytest.mark.parametrize("address", ["/issues/drafts/", "/issues/drafts/00000000-0000-4000-8000-000000000000/nothing/"])
def test_other_addresses_of_drafts(firm1, address):
    assert firm1.get(address).status_code in {302, 404}


@pytest.mark.parametrize("page", ["matter/", "discard/", "attachments/1/remove/"])
def test_a_draft_discarded_at_this_very_moment_is_not_there(firm1, monkeypatch, page):
    draft = begin(firm1)
    monkeypatch.setattr(
        "issues.views.begun.get_object_or_404", lambda *_args, **_keys: Issue.objects.filter(pk=draft.pk).delete() and draft
    )

    assert firm1.post(f"/issues/drafts/{draft.draft_key}/{page}", MATTER).status_code == 404


def test_an_unknown_page_of_a_draft_is_not_there(firm1):
    draft = begin(firm1)

    assert firm1.get(page_of(draft, "nothing")).status_code == 404
    assert firm1.get(page_of(draft, "whole")).status_code == 404


def test_who_acts_for_several_firms_is_asked_for_which(client, district):
    second = EnterpriseFactory(manager=district.people["firm1"])
    EnterpriseFactory(manager=district.people["firm1"], status=Status.APPLIED, name="未核验的公司")
    client.force_login(district["firm1"])
    page = client.get("/issues/new/")
    assert second.name in page.text
    assert "未核验的公司" not in words_of(page)

    draft = begin(client, enterprise=second.credit_code)

    assert draft.enterprise == second
    assert second.name in client.get(page_of(draft, "classify")).text


def test_a_draft_is_sent_for_its_own_firm_whatever_firm_one_acts_for(client, district):
    second = EnterpriseFactory(manager=district.people["firm1"])
    client.force_login(district["firm1"])
    draft = begin(client, enterprise=second.credit_code)
    client.post(page_of(draft, "classify"), CLASS)

    client.post("/issues/new/", form_on(client.get(page_of(draft, "check")), "/issues/new/"))

    assert Issue.objects.get().enterprise == second


def test_the_check_page_shows_likely_duplicates_of_the_firm_only(firm1, district):
    mine = submitted(district)
    theirs = submitted(district, by="firm1", title="完全不同的事情", body="路灯坏了,请修理。")
    draft = begin(firm1, title="申请流动资金贷款的续贷")
    firm1.post(page_of(draft, "classify"), CLASS)

    text = words_of(firm1.get(page_of(draft, "check")))

    assert mine.number in text
    assert theirs.number not in text


@pytest.mark.parametrize(
    ("body", "warned"),
    [
        ("四川水木阳光农业有限公司流动资金紧张。", "四川水木阳光农业有限公司"),
        ("我们水木阳光流动资金紧张。", "水木"),
        ("请联系孙辉。", "孙辉"),
        ("流动资金紧张。", None),
    ],
)
def test_a_sensitive_text_that_names_the_firm_is_warned_about(firm1, body, warned):
    draft = begin(firm1, body=body)
    firm1.post(page_of(draft, "classify"), CLASS)
    firm1.post(page_of(draft, "concerns"), {"sensitive": "yes"})

    page = firm1.get(page_of(draft, "check"))

    assert ("notice-warning" in page.text) == bool(warned)
    if warned:
        assert f"<strong>{warned}</strong>" in page.text


def test_a_direct_line_names_the_leader(firm1, district):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)

    assert firm1.post(page_of(draft, "concerns"), {"sensitive": "no", "leader": "leader.main"}).status_code == 302

    draft.refresh_from_db()
    assert (draft.leader.username, draft.channel) == ("leader.main", Channel.DIRECT)
    firm1.post(page_of(draft, "concerns"), {"sensitive": "no", "leader": ""})
    draft.refresh_from_db()
    assert (draft.leader, draft.channel) == (None, Channel.WEB)


@pytest.mark.parametrize("leader", ["desk1", "leader1", "nobody", "\x00"])
def test_only_main_leaders_have_a_direct_line(firm1, leader):
    draft = begin(firm1)

    assert firm1.post(page_of(draft, "concerns"), {"sensitive": "no", "leader": leader}).status_code == 400


def test_a_leader_who_is_concerned_cannot_be_addressed(firm1, district):
    draft = begin(firm1)
    name = district["leader.main"].name

    response = firm1.post(page_of(draft, "concerns"), {"leader": "leader.main", "concerns_text": f"区委 {name}"})

    assert response.status_code == 400


def test_what_was_listed_must_still_be_there(firm1, district):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    firm1.post(page_of(draft, "files"), {"attachments": png()})
    fields = form_on(firm1.get(page_of(draft, "check")), "/issues/new/")
    firm1.post(reverse("issues:draft-attachment-remove", args=[draft.draft_key, fields["attachments"][0]]))

    response = firm1.post("/issues/new/", fields)

    assert response.status_code == 400
    assert Issue.objects.get().stage == Stage.DRAFT
    assert firm1.post("/issues/new/", form_on(response, "/issues/new/")).status_code == 302


def test_pages_need_few_queries_whatever_the_drafts(firm1, district, django_assert_max_num_queries):
    drafts = [begin(firm1, once_key=str(n)) for n in range(4)]
    for n in range(6):
        submitted(district, title=f"{MATTER['title']}{n}")
    firm1.post(page_of(drafts[0], "classify"), CLASS)
    firm1.post(page_of(drafts[0], "files"), {"attachments": [png("一.png"), png("二.png", "blue")]})

    for address, most in (
        ("/issues/new/", 12),
        (page_of(drafts[0], "matter"), 12),
        (page_of(drafts[0], "classify"), 12),
        (page_of(drafts[0], "concerns"), 12),
        (page_of(drafts[0], "files"), 12),
        (page_of(drafts[0], "check"), 14),
    ):
        with django_assert_max_num_queries(most):
            assert firm1.get(address).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "对承办单位隐去企业名称 是"), ("en", "Firm hidden from the units Yes")]
)
def test_the_answers_are_words_in_both_languages(firm1, language, words):
    draft = begin(firm1)
    firm1.post(page_of(draft, "classify"), CLASS)
    firm1.post(page_of(draft, "concerns"), {"sensitive": "yes"})
    firm1.cookies["django_language"] = language

    assert words in words_of(firm1.get(page_of(draft, "check")))

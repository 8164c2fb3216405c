"""What event staff prepare before a meeting, in a real browser: agenda and files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.actions.files import add_files
from events.actions.topics import propose_topic
from events.forms.topics import new_key
from events.models import Occasion
from liaison.files.checks import accept_upload
from liaison.moments import clock
from tests.factories.events import invited, published
from tests.factories.issues import District, make_district
from tests.files.makers import pdf, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
PAPERS = {"沿滩区第十三期政企畅聊早餐会会议议程及参会企业名单(定稿).pdf": pdf(), "现场照片.jpg": photo()}


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


@pytest.fixture
def occasion(district) -> Occasion:
    """In three weeks, with a topic that is not on the agenda yet and two files."""
    now = clock.now()
    times = {"starts_at": now + 20 * DAY, "ends_at": now + 20 * DAY + timedelta(hours=2), "reply_by": now + 17 * DAY}
    found = published(district, now, access="public", **times)
    row = invited(district, found, now=now)[0]
    propose_topic(row, by=None, now=now, title="二期用地", text="二期用地何时供应?", once_key=new_key())
    files = [accept_upload(SimpleUploadedFile(name, content)) for name, content in PAPERS.items()]
    add_files(found, by=district["events1"], now=now, files=files)
    return found


@pytest.mark.parametrize("page", ["agenda", "files", "detail", "file-remove"])
def test_event_staff(district, occasion, visitor, page):
    visitor.sign_in(district["events1"])
    file = [occasion.files.earliest("pk").pk] if page == "file-remove" else []

    assert visitor.check(reverse(f"events:{page}", args=[occasion.slug, *file]), name=f"before-{page}") == []


def test_a_topic_is_put_on_the_agenda_without_script(district, occasion, visitor):
    visitor.sign_in(district["events1"])
    page = visitor.open(reverse("events:agenda", args=[occasion.slug]), size={"width": 360, "height": 740}, script=False)
    assert page.input_value(f"[name=title_t{occasion.topics.get().pk}]") == "二期用地"

    page.click("main button[type=submit]")

    assert "二期用地" in page.inner_text("main")
    assert [item.title for item in occasion.agenda.all()] == ["二期用地"]


def test_files_come_and_go(district, occasion, visitor):
    """Two are chosen at once; one is taken away with its reason; a visitor gets what is left."""
    visitor.sign_in(district["events1"])
    page = visitor.open(reverse("events:files", args=[occasion.slug]), size={"width": 360, "height": 740}, script=False)
    papers = [("甲.txt", b"a"), ("乙.txt", b"b")]
    page.set_input_files(
        "[name=attachments]", [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in papers]
    )
    page.click("main button[type=submit]")
    page.get_by_role("link", name="移除 甲.txt").click()
    assert "甲.txt" in page.inner_text("main")
    page.fill("[name=reason]", "误传")
    page.click("main button[type=submit]")

    names = list(occasion.files.values_list("name", flat=True))
    assert names == [*PAPERS, "乙.txt"]
    assert "误传" in page.inner_text("main")


def test_a_visitor_gets_the_files_of_a_public_meeting(occasion, visitor):
    page = visitor.open(occasion.get_absolute_url())

    with page.expect_download() as got:
        page.get_by_role("link", name="现场照片.jpg").click()
    assert got.value.suggested_filename == "现场照片.jpg"
    assert page.get_by_role("link", name="移除").count() == 0

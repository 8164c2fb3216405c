"""Pages of reports: written on a phone, kept, sent; who sees what."""

import resource
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from liaison.accounts.models import Duty
from liaison.audit.models import AuditEntry
from liaison.files.checks import LARGEST
from supervision.actions.handling import sort_report
from supervision.actions.keeping import declare_interest
from supervision.models import Report
from tests.factories.issues import person, unit
from tests.factories.supervision import APPOINTED, drafted, fresh, sent, supervisor
from tests.files.makers import photo
from tests.issues.views.driver import Driver

MATTER = {"subject": "办税大厅只开一个窗口", "unit": "tax", "category": "01", "enterprise": ""}
WHERE = {"seen_at": "2026-09-15T09:00", "place": "区政务中心", "manner": "covert", "function": "oversight"}
BOUNDARY, GPS = "7f3a", 0x8825
FACTS = {"facts": "三十余人排队,仅开一个窗口。", "evidence": "", "advice": "增开窗口"}


@pytest.fixture(autouse=True)
def appointed_day():
    with time_machine.travel(APPOINTED, tick=False):
        yield


@pytest.fixture
def row(district):
    return supervisor(district)


@pytest.fixture
def author(row) -> Client:
    return client_of(row.person)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="liaison.accounts.backends.SignInBackend")
    return client


def picture(name: str) -> SimpleUploadedFile:
    made = BytesIO()
    Image.effect_noise((40, 40), hash(name) % 90 + 10).convert("RGB").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def test_a_report_is_written_section_by_section_and_sent(author):
    first = author.post("/supervision/reports/new/", {**MATTER, "key": str(uuid4())})
    draft = Report.objects.get()
    base = draft.get_absolute_url()
    answers = [
        author.post(f"{base}where/", WHERE),
        author.post(f"{base}facts/", FACTS),
        author.post(f"{base}photos/", {"photos": [picture("a.jpg"), picture("b.jpg")]}),
        author.post(f"{base}care/", {"touches_integrity": "no", "anonymous": "yes"}),
    ]
    check = author.get(f"{base}check/")
    done = author.post(f"{base}check/")

    draft.refresh_from_db()
    assert first.headers["Location"] == f"{base}where/"
    assert [answer.status_code for answer in answers] == [302] * 4
    assert "三十余人排队" in check.content.decode()
    assert (done.status_code, draft.stage, draft.anonymous, draft.photos.count()) == (302, "sent", True, 2)
    assert "待分办" in author.get(draft.get_absolute_url()).content.decode()


def test_nothing_typed_is_lost_when_something_is_wrong(author):
    answer = author.post("/supervision/reports/new/", {**MATTER, "unit": "nowhere", "key": str(uuid4())})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "没有此单位" in page
    assert MATTER["subject"] in page
    assert Report.objects.get().subject == MATTER["subject"]


def test_the_same_form_posted_twice_makes_one_draft(author):
    form = {**MATTER, "key": str(uuid4())}

    places = [author.post("/supervision/reports/new/", form).headers["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"seen_at": "2026-09-15T11:00"}, "尚未"), ({"seen_at": "2020-01-01T08:00"}, "距今已超过两年"), ({"manner": "x"}, "manner")],
)
def test_a_wrong_answer_gets_its_sentence_and_the_others_are_kept(district, row, author, changes, words):
    draft = drafted(district, row, place="")

    answer = author.post(f"{draft.get_absolute_url()}where/", {**WHERE, **changes})

    draft.refresh_from_db()
    assert answer.status_code == 400
    assert draft.place == "区政务中心"
    if words != "manner":
        assert "field-wrong" in answer.content.decode()


def test_ten_photographs_are_told_which_is_too_many(district, row, author):
    draft = drafted(district, row)

    answer = author.post(f"{draft.get_absolute_url()}photos/", {"photos": [picture(f"{n}.jpg") for n in range(10)]})

    assert answer.status_code == 400
    assert "9.jpg" in answer.content.decode()
    assert draft.photos.count() == 9


def test_twelve_photographs_of_twenty_megabytes(district, row, author, monkeypatch, tmp_path):
    """Nine are kept, without their place; the others are named; and the portal does not hold them in its memory."""
    monkeypatch.setattr("liaison.files.forms.LONGEST_CHECK_OF_ALL", 300.0)
    draft = drafted(district, row)
    url, body = f"{draft.get_absolute_url()}photos/", body_of(tmp_path, 12, LARGEST)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    answer = post_file(author, url, body)

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "最多" in page
    assert all(f"{n}.jpg" in page for n in (9, 10, 11))
    assert draft.photos.count() == 9
    assert grown < 60, grown
    for one in draft.photos.all():
        with Image.open(one.file) as taken:
            assert not taken.getexif().get_ifd(GPS)


def body_of(folder: Path, number: int, size: int) -> Path:
    """A form with photographs as a telephone sends it, on disk; each is as large as a photograph may be."""
    body = folder / "body"
    with body.open("wb") as stream:
        for n in range(number):
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="{n}.jpg"\r\n'
            stream.write(f"{head}Content-Type: image/jpeg\r\n\r\n".encode())
            stream.write(as_large_as(photo(), size, n))
            stream.write(b"\r\n")
        stream.write(f"--{BOUNDARY}--\r\n".encode())
    return body


def as_large_as(jpeg: bytes, size: int, number: int) -> bytes:
    """The same picture with what cameras put beside it."""
    whole, left = 65_537, size - len(jpeg)
    segments = [b"\xff\xed\xff\xff" + bytes([number]) * (whole - 4)] * (left // whole)
    rest = left % whole
    segments.append(b"\xff\xed" + (rest - 2).to_bytes(2, "big") + bytes(rest - 4))
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def post_file(client: Client, url: str, body: Path):
    with body.open("rb") as stream:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        extra = {"wsgi.input": stream, "CONTENT_LENGTH": str(body.stat().st_size), "CONTENT_TYPE": kind}
        return client.generic("POST", url, **extra)


def test_a_photograph_is_taken_out_again(district, row, author):
    draft = drafted(district, row)
    base = draft.get_absolute_url()
    author.post(f"{base}photos/", {"photos": [picture("a.jpg")], "more": "1"})
    photo = draft.photos.get()

    author.post(f"/supervision/reports/{draft.key}/photos/{photo.pk}/remove/")

    assert draft.photos.count() == 0


def test_a_declared_interest_is_named_on_the_check_page(district, row, author):
    declare_interest(row, by=row.person, now=APPOINTED, enterprise=district.firm, tie="relative")
    draft = drafted(district, row, enterprise=district.firm)

    answer = author.post(f"{draft.get_absolute_url()}check/")

    assert answer.status_code == 400
    assert f"您已申报与{district.firm.name}存在利害关系" in answer.content.decode()


def test_nobody_else_opens_a_draft(district, row):
    draft = drafted(district, row)
    other = client_of(supervisor(district).person)

    assert other.get(f"{draft.get_absolute_url()}check/").status_code == 404
    assert Driver(district, None).client("desk1").get(draft.get_absolute_url()).status_code == 404
    assert Driver(district, None).client("desk1").get(f"/supervision/reports/{draft.key}/").status_code == 404


def test_a_draft_is_discarded(district, row, author):
    draft = drafted(district, row)

    answer = author.post(f"/supervision/reports/{draft.key}/discard/")

    assert answer.status_code == 302
    assert not Report.objects.exists()


def test_the_desk_sorts_a_report_into_an_issue(district, row):
    report = sent(district, row, enterprise=district.firm)
    desk = Driver(district, None).client("desk1")
    url = report.get_absolute_url()

    without = desk.post(f"{url}sort/", {"sorting": "leader", "text": "请阅示"})
    done = desk.post(f"{url}sort/", {"sorting": "issue", "text": "请核实办理。", "version": report.version})
    again = desk.post(f"{url}sort/", {"sorting": "issue", "text": "请核实办理。"})

    report.refresh_from_db()
    assert (without.status_code, done.status_code, again.status_code) == (400, 302, 409)
    assert report.issue.body == "请核实办理。"
    assert report.get_absolute_url() in desk.get(report.issue.get_absolute_url()).content.decode()


def test_an_issue_is_offered_only_where_an_enterprise_is_named(district, row):
    desk = Driver(district, None).client("desk1")

    page = desk.get(f"{sent(district, row).get_absolute_url()}sort/").content.decode()

    assert 'value="issue"' not in page
    assert 'value="leader"' in page


def test_the_inspector_is_told_which_issues_cannot_be_ordered(district, row):
    report = sent(district, row)
    sort_report(report, by=district["desk1"], now=APPOINTED, sorting="inspection", text="请督办")
    inspector = Driver(district, None).client("inspect1")

    answer = inspector.post(f"{report.get_absolute_url()}order/", {"issue": "2026-999", "text": "请整改", "until": "2026-09-20"})

    assert answer.status_code == 400
    assert "没有此编号的诉求" in answer.content.decode()


def test_without_a_name_the_leader_reads_only_what_was_passed_on(district, row):
    report = sent(district, row, anonymous=True)
    report.photos.create(name="a.jpg", media_type="image/jpeg", size=1, sha256="0", file="x", uploaded_by=row.person)
    sort_report(report, by=district["desk1"], now=APPOINTED, sorting="leader", text="窗口不足。", leader=district["leader1"])
    leader, url = Driver(district, None).client("leader1"), report.get_absolute_url()

    page = (
        leader.get(url).content.decode() + leader.get("/supervision/reports/").content.decode() + leader.get("/").content.decode()
    )

    assert "窗口不足。" in page
    assert row.person.name not in page
    assert report.facts not in page
    assert report.place not in page
    assert leader.get(f"/supervision/reports/{report.key}/photos/{report.photos.get().pk}/").status_code == 404


# --- set aside ----------------------------------------------------------------------------------------
EVERYBODY_ELSE = (
    "firm1", "firm2", "stranger", "desk1", "caller1", "tax.head", "leader1", "leader.main", "inspect1", "events1",
    "admin.system", "admin.security", "admin.audit",
)  # fmt: skip


@pytest.mark.parametrize("by", EVERYBODY_ELSE)
def test_what_is_set_aside_is_not_there_for_others(district, row, by):
    report = sent(district, row, touches_integrity=True, enterprise=district.firm)
    client, url = Driver(district, None).client(by), report.get_absolute_url()
    before = AuditEntry.objects.count()

    statuses = [client.get(f"{url}{page}").status_code for page in ("", "sort/", "answer/", "rate/", "photos/1/")]
    pages = [
        client.get(page).content.decode()
        for page in ("/", "/supervision/reports/?q=办税", "/supervision/", "/inbox/", "/issues/?q=办税")
    ]

    assert statuses == [404] * 5
    assert AuditEntry.objects.count() - before <= 2  # the refused list pages name no report
    assert not any(report.subject in page or str(report.key) in page for page in pages)


def test_the_discipline_body_reads_and_answers_it(district, row):
    body = unit("discipline", "区纪委监委", "discipline")
    officer = person("discipline.handler", (body, Duty.DISCIPLINE_HANDLER))
    report = sent(district, row, touches_integrity=True)
    client, url = client_of(officer), report.get_absolute_url()
    ordinary = sent(district, row)
    before = AuditEntry.objects.count()

    assert report.facts in client.get(url).content.decode()
    assert client.get(ordinary.get_absolute_url()).status_code == 404
    assert client.get(f"{url}sort/").status_code == 404  # a refusal would be recorded
    assert AuditEntry.objects.count() == before
    assert client.post(f"{url}answer/", {"text": "已受理,依规办理。"}).status_code == 302
    assert "已受理" in client_of(fresh(row)).get(url).content.decode()


def test_counts_do_not_tell_of_it(district, row):
    sent(district, row)
    desk = Driver(district, None).client("desk1")
    counted = desk.get("/supervision/reports/").context["count"]

    sent(district, row, touches_integrity=True)

    assert desk.get("/supervision/reports/").context["count"] == counted == 1


def test_a_list_of_reports_costs_the_same_for_one_and_many(district, row):
    desk = Driver(district, None).client("desk1")
    sent(district, row)
    desk.get("/supervision/reports/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/supervision/reports/")
    for _ in range(3):
        sent(district, row)
    with CaptureQueriesContext(connection) as many:
        desk.get("/supervision/reports/")

    assert len(many) == len(few)

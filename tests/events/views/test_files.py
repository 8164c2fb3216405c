"""Papers of an occasion over HTTP: who may add, read and remove them, and what is told about bad input."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.actions.files import add_files, remove_file
from events.actions.planning import cancel_occasion, clone_occasion
from events.models import Occasion, OccasionFile
from events.models.occasion import MOST_FILES
from liaison.files.checks import LARGEST, accept_upload
from liaison.files.refusals import FileRefused
from liaison.workflow import StepNotOpen
from tests.factories.events import STARTS, invited, planned, published
from tests.factories.issues import MONDAY
from tests.files.makers import pdf, photo

TOLD_GONE = 409


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def occasion(district) -> Occasion:
    return published(district)


def paper(name: str = "议程.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def kept(district, occasion: Occasion, *names: str) -> list[OccasionFile]:
    files = [accept_upload(paper(name)) for name in names or ["议程.pdf"]]
    return add_files(occasion, by=district["events1"], now=MONDAY, files=files)


def client_of(district, by: str | None) -> Client:
    client = Client()
    if by:
        client.force_login(district[by], backend="liaison.accounts.backends.SignInBackend")
    return client


def add(district, occasion: Occasion, *files: SimpleUploadedFile, by: str = "events1", **values):
    return client_of(district, by).post(f"{occasion.get_absolute_url()}files/", {"attachments": files, **values})


def statuses(district, address: str, *people: str | None) -> dict[str | None, int]:
    return {by: client_of(district, by).get(address).status_code for by in people}


def test_several_files_are_added_at_once_and_stand_on_the_page(district, occasion):
    answer = add(district, occasion, paper("议程.pdf"), paper("现场.jpg", photo()))

    assert answer.url == occasion.get_absolute_url()
    assert list(occasion.files.values_list("name", flat=True)) == ["议程.pdf", "现场.jpg"]
    told = occasion.events.last()
    assert (told.kind, told.actor, told.text) == ("files-added", district["events1"], "议程.pdf\n现场.jpg")
    invited(district, occasion)
    page = client_of(district, "firm1").get(occasion.get_absolute_url()).content.decode()
    assert all(f'href="{file.get_absolute_url()}"' in page for file in occasion.files.all())
    assert "files/" not in page.replace(f"{occasion.get_absolute_url()}files/", "", 2).replace("static", "")


def test_a_photograph_loses_what_it_says_about_its_camera_and_place(district, occasion):
    add(district, occasion, paper("现场.jpg", photo()))

    content = occasion.files.get().file.read()
    assert b"Secret" not in content
    assert b"\xff\xd8" in content


def test_a_file_comes_as_a_download_under_its_own_name(district, occasion):
    file = kept(district, occasion)[0]

    answer = client_of(district, "desk1").get(file.get_absolute_url())

    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AE%AE%E7%A8%8B.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_who_may_read_the_invited_occasion_may_have_its_files(district, occasion):
    file = kept(district, occasion)[0]
    people = ("events1", "leader.main", "desk1", "firm1", "firm2", "admin.system", None)

    assert statuses(district, file.get_absolute_url(), *people) == {
        "events1": 200, "leader.main": 200, "desk1": 200, "firm1": 404, "firm2": 404, "admin.system": 404, None: 404,
    }  # fmt: skip
    invited(district, occasion)
    assert statuses(district, file.get_absolute_url(), "firm1", "firm2", None) == {"firm1": 200, "firm2": 404, None: 404}


def test_everybody_may_have_the_files_of_a_public_occasion_once_it_is_published(district):
    public, plan = published(district, access="public"), planned(district, access="public", series=None)
    known, secret = kept(district, public)[0], kept(district, plan)[0]

    assert statuses(district, known.get_absolute_url(), "firm2", None) == {"firm2": 200, None: 200}
    assert statuses(district, secret.get_absolute_url(), "firm2", None, "desk1") == {"firm2": 404, None: 404, "desk1": 404}


def test_files_of_an_internal_occasion_are_for_staff(district):
    internal = published(district, access="internal")
    file = kept(district, internal)[0]

    assert statuses(district, file.get_absolute_url(), "desk1", "firm1", None) == {"desk1": 200, "firm1": 404, None: 404}


def test_a_file_is_not_given_out_under_the_address_of_another_occasion(district, occasion):
    file, public = kept(district, occasion)[0], published(district, access="public", series=None)

    assert client_of(district, None).get(f"{public.get_absolute_url()}files/{file.pk}/").status_code == 404


@pytest.mark.parametrize("by", ["leader.main", "desk1", "firm1"])
def test_only_event_staff_add_and_remove(district, occasion, by):
    file = kept(district, occasion)[0]
    invited(district, occasion)

    assert add(district, occasion, paper(), by=by).status_code == 403
    answer = client_of(district, by).post(f"{file.get_absolute_url()}remove/", {"reason": "误传"})
    assert answer.status_code == 403
    assert occasion.files.count() == 1
    page = client_of(district, by).get(occasion.get_absolute_url()).content.decode()
    assert "remove/" not in page


def test_a_file_is_removed_with_a_reason_for_good(district, occasion, django_capture_on_commit_callbacks):
    file = kept(district, occasion)[0]
    place, address = file.file.name, f"{file.get_absolute_url()}remove/"
    client = client_of(district, "events1")
    assert client.post(address, {"reason": " "}).status_code == 400

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, {"reason": "误传"})

    assert answer.url == occasion.get_absolute_url()
    assert not occasion.files.exists()
    assert not default_storage.exists(place)
    told = occasion.events.last()
    assert (told.kind, told.text, told.detail) == ("file-removed", "议程.pdf\n误传", {"sha256": file.sha256})
    assert "误传" in client.get(occasion.get_absolute_url()).content.decode()


def test_whoever_removes_second_is_told(district, occasion):
    file = kept(district, occasion)[0]
    remove_file(file, by=district["events1"], now=MONDAY, reason="误传")
    file.pk = file.pk or OccasionFile.objects.count() + 1

    with pytest.raises(StepNotOpen):
        remove_file(file, by=district["events1"], now=MONDAY, reason="误传")


def test_a_wrong_file_is_told_and_the_good_ones_are_kept_for_the_next_try(district, occasion):
    answer = add(
        district,
        occasion,
        paper("议程.pdf"),
        paper("工具.exe", b"MZ" + b"\0" * 99),
        paper("压缩.zip", b"PK\x05\x06" + b"\0" * 18),
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "工具.exe" in page
    assert "压缩.zip" in page
    assert not occasion.files.exists()
    token = re.search(r'name="attachments_kept" value="([^"]+)"', page)[1]
    assert add(district, occasion, attachments_kept=token).status_code == 302
    assert [file.name for file in occasion.files.all()] == ["议程.pdf"]
    again = add(district, occasion, attachments_kept=token)
    assert again.status_code == 400, "one file is used once"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.pdf", b"", "空文件"),
        ("大.txt", b"1" * (LARGEST + 1), "20 MB"),
        ("假.pdf", b"words", "后缀不符"),
        ("", None, "请选择"),
    ],
)
def test_bad_input_gets_its_message(district, occasion, name, content, words):
    answer = add(district, occasion, *[paper(name, content)] if name else [])

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not occasion.files.exists()


def test_no_more_than_ten_at_once(district, occasion):
    answer = add(district, occasion, *[paper(f"第{n}页.txt", b"words") for n in range(1, 12)])

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "10" in page
    assert "第11页.txt" in page


def test_no_more_than_an_occasion_holds(district, occasion):
    file = kept(district, occasion)[0]
    file.occasion.files.bulk_create(
        OccasionFile(occasion=occasion, uploaded_by=district["events1"], file=f"x/{n}", name=f"{n}", media_type="x", size=1)
        for n in range(MOST_FILES - 2)
    )
    answer = add(district, occasion, paper("甲.txt", b"a"), paper("乙.txt", b"b"))
    assert answer.status_code == 400
    assert f"{MOST_FILES}" in answer.content.decode()
    assert add(district, occasion, paper("甲.txt", b"a")).status_code == 302

    with pytest.raises(FileRefused):
        add_files(occasion, by=district["events1"], now=MONDAY, files=[accept_upload(paper("乙.txt", b"b"))])
    assert occasion.files.count() == MOST_FILES


def test_a_cancelled_occasion_takes_no_more_files_but_gives_them_up(district, occasion):
    file = kept(district, occasion)[0]
    cancel_occasion(occasion, by=district["events1"], now=MONDAY, reason="停办")

    assert add(district, occasion, paper()).status_code == TOLD_GONE
    assert client_of(district, "events1").post(f"{file.get_absolute_url()}remove/", {"reason": "误传"}).status_code == 302


def test_the_next_one_like_this_begins_without_files(district, occasion):
    kept(district, occasion)

    copy = clone_occasion(occasion, by=district["events1"], now=MONDAY, starts_at=STARTS + timedelta(days=7))

    assert not copy.files.exists()

"""S17: a file leaves as a download only, private, and under the name that its sender gave it."""

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from liaison.files.downloads import download_response, made_response
from liaison.files.holder import Holder
from liaison.files.models import PendingUpload
from liaison.urls import urlpatterns as portal

from .conftest import Paper

pytestmark = pytest.mark.django_db


def download(request, pk):
    return download_response(Paper.objects.get(pk=pk), request=request)


urlpatterns = [*portal, path("d/<int:pk>/", download)]


@pytest.fixture
def client(sender, settings):
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.force_login(sender)
    return client


@pytest.fixture
def paper(papers, sender, checked):
    return papers.store(checked, by=sender)


def test_the_portals_own_policy_does_not_overwrite_the_file_s(client, paper):
    response = client.get(f"/d/{paper.pk}/")

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_bytes_arrive_under_their_name(client, paper):
    response = client.get(f"/d/{paper.pk}/")

    assert b"".join(response.streaming_content) == b"words"
    assert response["Content-Length"] == "5"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%90%A5%E4%B8%9A")


@pytest.mark.parametrize("name", ['a"b.pdf', "a\\b.pdf", "x\r\nSet-Cookie: a=b.pdf", "𠮷😀.pdf", "a;b=c.pdf", "%41.pdf", ""])
def test_no_name_breaks_the_header(rf, paper, name):
    paper.name = name

    header = download_response(paper, request=rf.get("/"))["Content-Disposition"]

    assert header.startswith("attachment")
    assert header.isascii()
    assert not set(header) & set("\r\n")


def test_a_range_is_answered_with_the_whole(client, paper):
    response = client.get(f"/d/{paper.pk}/", headers={"range": "bytes=0-1"})
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"words")


def test_head_opens_nothing(client, paper, monkeypatch):
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._open", None)

    response = client.head(f"/d/{paper.pk}/")

    assert (response.status_code, response["Content-Length"], response.content) == (200, "5", b"")
    assert response["Content-Disposition"].startswith("attachment")


def test_nginx_may_read_the_same_disk(client, paper, settings):
    settings.X_ACCEL = "/protected/"

    response = client.get(f"/d/{paper.pk}/")

    assert response["X-Accel-Redirect"] == f"/protected/{paper.file.name}"
    assert not response.content
    assert not response.has_header("Content-Length") or response["Content-Length"] == "0"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, paper, caplog):
    default_storage.delete(paper.file.name)

    assert client.get(f"/d/{paper.pk}/").status_code == 404
    assert paper.name not in caplog.text


def test_a_kept_file_can_be_given_out_too(rf, sender, checked):
    pending = PendingUpload.keep(checked, Holder(user_id=sender.pk))
    assert isinstance(download_response(pending, request=rf.head("/")), HttpResponse)


def test_the_portal_shows_no_folder_of_files(paper):
    for address in (f"/media/{paper.file.name}", f"/files/{paper.file.name}", f"/static/{paper.file.name}"):
        assert Client().get(address).status_code in {302, 404}


def test_a_document_made_just_now_leaves_under_a_chinese_name():
    response = made_response(b"%PDF", name="邀请函.pdf", media_type="application/pdf")

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E9%82%80%E8%AF%B7%E5%87%BD.pdf"
    assert (response["Content-Type"], response["Content-Length"]) == ("application/pdf", "4")
    assert response["Cache-Control"] == "private, no-store"

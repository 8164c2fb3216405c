"""The same files in a storage that speaks S3: private, streamed by us, never by its address."""

import runpy
import urllib.error
import urllib.request

import pytest
from django.core.files.storage import default_storage
from django.http import Http404

from liaison.files import actions
from liaison.files.downloads import download_response
from liaison.files.holder import Holder
from liaison.files.models import PendingUpload


@pytest.fixture(scope="session")
def storage(s3_server):
    """What the portal's own settings make of the environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in s3_server.environment.items():
            patch.setenv(name, value)
        return runpy.run_module("liaison.settings.base")["STORAGES"]["default"]


@pytest.fixture
def bucket(settings, s3_server, storage):
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return s3_server


@pytest.fixture
def paper(bucket, papers, sender, checked):
    return papers.store(checked, by=sender)


def test_a_file_is_saved_opened_and_deleted(paper, django_capture_on_commit_callbacks):
    assert paper.file.open().read() == b"words"
    with django_capture_on_commit_callbacks(execute=True):
        paper.delete()
    assert not default_storage.exists(paper.file.name)


def test_a_download_is_streamed_by_the_portal(rf, paper, settings):
    settings.X_ACCEL = "/protected/"  # means nothing here: nginx does not read this disk

    response = download_response(paper, request=rf.get("/"))

    assert b"".join(response.streaming_content) == b"words"
    assert response["Content-Length"] == "5"
    assert not response.has_header("Location")
    assert not response.has_header("X-Accel-Redirect")
    response.close()


def test_a_file_that_is_gone_from_the_bucket_is_not_found(rf, paper, bucket):
    bucket.client().delete_object(Bucket=bucket.bucket, Key=paper.file.name)
    with pytest.raises(Http404):
        download_response(paper, request=rf.get("/"))


def test_nothing_is_public(paper, bucket):
    grants = bucket.client().get_object_acl(Bucket=bucket.bucket, Key=paper.file.name)["Grants"]
    assert not [grant for grant in grants if grant["Grantee"].get("URI")]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{bucket.endpoint}/{bucket.bucket}/{paper.file.name}")
    assert refused.value.code == 403


def test_the_bucket_says_nothing_about_the_file(paper, bucket):
    head = bucket.client().head_object(Bucket=bucket.bucket, Key=paper.file.name)
    assert head["ContentType"] == "application/octet-stream"
    assert head["Metadata"] == {}


def test_a_kept_file_is_handed_over_and_thrown_away_there_too(bucket, papers, sender, checked):
    holder = Holder(user_id=sender.pk)
    first, second = PendingUpload.keep(checked, holder), PendingUpload.keep(checked, holder)
    paper = papers.store(first, by=sender)

    assert actions.throw_away(first)
    assert actions.throw_away(second)

    assert paper.file.open().read() == b"words"
    assert not default_storage.exists(second.file.name)

"""S16: a request cannot fill the disk, and a file that is too large still gets its sentence."""

import io

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from liaison.files.checks import LARGEST, accept_upload
from liaison.files.refusals import FileRefused


def posted(size):
    return RequestFactory().post("/", {"file": SimpleUploadedFile("大.txt", b"a" * size), "title": "words"})


def test_of_a_file_that_is_too_large_only_the_start_is_written():
    request = posted(LARGEST + 3_000_000)

    upload = request.FILES["file"]

    assert upload.size == LARGEST + 3_000_000
    upload.seek(0, io.SEEK_END)
    assert upload.tell() <= LARGEST + (1 << 17)
    assert request.POST["title"] == "words"
    with pytest.raises(FileRefused) as refused:
        accept_upload(upload)
    assert refused.value.code == "too_large"


def test_exactly_20_megabytes_arrive_whole():
    upload = posted(LARGEST).FILES["file"]
    assert accept_upload(upload).size == LARGEST


def test_a_small_file_stays_in_memory():
    assert accept_upload(posted(5).FILES["file"]).size == 5


def test_a_request_beyond_all_sense_is_not_read():
    request = posted(5)
    request.META["CONTENT_LENGTH"] = str(5 << 30)

    with pytest.raises(RequestDataTooBig):
        _ = request.FILES

"""What no browser sends, and what an impatient one sends twice: each gets its message, nothing is a 500."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.issues import MONDAY, submitted
from tests.issues.views.driver import Driver


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(MONDAY, tick=True):
        yield


def test_a_version_of_thousands_of_digits_is_none_of_ours(district):
    answer = Driver(district, submitted(district)).post("desk1", "admit", version="9" * 5000)

    assert answer.status_code == 400


def test_a_message_sent_twice_with_one_kept_file_says_that_it_is_gone(district):
    driver = Driver(district, submitted(district))
    paper = SimpleUploadedFile("合同.txt", "合同内容".encode(), "text/plain")
    kept = driver.post("firm1", "message", text="", attachments=paper).content.decode()
    token = re.search(r'name="attachments_kept" value="([^"]+)"', kept)[1]

    first, second = (driver.post("firm1", "message", text="见附件", attachments_kept=token) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 400)
    assert "合同.txt" in second.content.decode()
    assert driver.issue.messages.count() == 1

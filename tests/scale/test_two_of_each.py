"""Web servers keep nothing, workers share the work, files lie in an object storage: one may die, nobody notices."""

import io
import re

import pytest
from PIL import Image

from liaison.launch.processes import wait_until
from tests.factories.enterprises import credit_code
from tests.files.s3 import s3_server  # noqa: F401 - a fixture
from tests.scale.installation import OFFICERS, Browser, Installation

pytestmark = [pytest.mark.launch, pytest.mark.slow]
WAITING = "SELECT count(*) FROM notifications_delivery WHERE sent_at IS NULL"


@pytest.fixture(scope="module")
def installation(tmp_path_factory, s3_server):  # noqa: F811
    place = Installation(tmp_path_factory.mktemp("scale"), s3_server.environment)
    with place.ends:
        yield place.start()


@pytest.fixture(scope="module")
def owner(installation):
    return Browser(installation, "owner")


@pytest.fixture(scope="module")
def desk(installation):
    return Browser(installation, "desk0")


def picture():
    content = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(content, "PNG")
    return content.getvalue()


def register(browser, server, number):
    code = credit_code(number)
    values = {"name": f"两机电子{number}有限公司", "credit_code": code, "legal_representative": "陈立新", "industry": "C"}
    values |= {"town": "weiping", "contact_name": "陈立新", "contact_phone": "13900000001", "ownership": "private"}
    done = browser.post(server, "/enterprises/register/", values, {"licence": ("执照.png", picture(), "image/png")})
    assert done.status_code == 200, re.sub(r"<[^>]*>|\s+", " ", done.text)
    assert done.url.path.endswith("/registered/")
    return code


def test_who_signed_in_at_one_web_server_is_known_to_the_other(owner):
    pages = [owner.get(server, "/me/") for server in (0, 1)]

    assert [(page.status_code, page.url.path, "owner@example.org" in page.text) for page in pages] == [(200, "/me/", True)] * 2


def test_a_file_sent_to_one_web_server_is_given_out_by_the_other(installation, owner, desk, s3_server):  # noqa: F811
    code = register(owner, 0, 1)

    given = desk.get(1, f"/enterprises/{code}/licence/")

    assert given.status_code == 200
    assert Image.open(io.BytesIO(given.content)).size == (320, 200)
    assert s3_server.client().list_objects_v2(Bucket=s3_server.bucket)["KeyCount"] >= 1
    assert installation.files_on_disks() == []


def test_both_workers_deliver_and_no_message_comes_twice(installation, owner):
    for number in range(2, 10):
        register(owner, number % 2, number)

    assert wait_until(lambda: installation.count(WAITING) == 0, 90, pause=0.5)
    letters = [installation.letters_by(f"worker{number}") for number in (0, 1)]
    sent = installation.count("SELECT count(*) FROM notifications_delivery WHERE channel = 'email'")
    assert sum(letters) == sent >= 9 * OFFICERS
    assert all(letters), "one worker did nothing"


def test_the_death_of_one_of_each_stops_nothing(installation, owner, desk):
    for name in ("web0", "worker0"):
        installation.children[name].popen.kill()
        installation.children[name].stop()

    code = register(owner, 1, 20)
    desk.post(1, f"/enterprises/{code}/verify/", {"reason": ""})

    assert wait_until(lambda: installation.count(WAITING) == 0, 90, pause=0.5)
    told = "SELECT count(*) FROM notifications_notification WHERE kind = 'enterprise_verified' AND delivered_at IS NOT NULL"
    assert installation.count(told) == 1

"""The door in a real browser: with the network cut, reloaded, back again; on a phone; without JavaScript."""

from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.utils import timezone

from events.actions.answering import Guest, accept_invitation, change_guest
from events.actions.door import Scan, check_in
from events.codes import code_text
from events.models import CheckIn, Invitation
from liaison.launch.chromium import found
from tests.browser import PHONE, Visitor
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import invited, published
from tests.factories.issues import District, make_district

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


@pytest.fixture
def occasion(district):
    now = timezone.now()
    return published(
        district,
        now,
        starts_at=now + timedelta(minutes=30),
        ends_at=now + timedelta(hours=2),
        reply_by=now + timedelta(minutes=20),
        capacity=4,
    )


def coming(d: District, occasion, name: str, **firm) -> Invitation:
    now = timezone.now()
    row = invited(d, occasion, EnterpriseFactory(**firm), now=now)[0]
    accept_invitation(row, by=None, now=now, guest=Guest(name))
    return Invitation.objects.select_related("occasion", "enterprise").get(pk=row.pk)


@pytest.fixture
def guests(district, occasion) -> list[Invitation]:
    return [coming(district, occasion, name) for name in ("孙辉", "李明", "王芳")]


@pytest.fixture
def page(district, occasion, guests, visitor):
    """The door, opened on a phone that has everything it needs to go on alone."""
    visitor.sign_in(district["events1"])
    page = visitor.open(f"/events/{occasion.slug}/door/", size=PHONE)
    page.wait_for_selector("[data-door-net-words]:has-text('断网也可继续')")
    return page


def scan(page, text: str, expected: str) -> str:
    page.fill("#door-code", text)
    page.press("#door-code", "Enter")
    page.wait_for_selector(f"[data-door-said]:has-text('{expected}')")
    return page.inner_text("[data-door-said]")


def waiting(page) -> str:
    return page.inner_text("[data-door-waiting-count]")


def test_scanning_goes_on_without_the_network_and_nothing_is_lost(page, guests, visitor):
    """TC26, TC27, TC29: scan, lose the network, scan on, reload, be back, and all are in the books once."""
    first, second, third = guests
    scan(page, code_text(first), "孙辉")
    assert CheckIn.objects.get().offline is False

    page.context.set_offline(True)
    assert "已记录在本机" in scan(page, code_text(second), "李明")
    assert "网络已断" in page.inner_text("[data-door-net]")
    assert "已于" in scan(page, code_text(first), "孙辉")
    assert "断网时只接受名单上的签到码" in scan(page, "LIAISON:x:1.abc:0123456789abcdef", "不在名单上")
    page.reload()
    page.wait_for_selector("[data-door-net].is-off")
    assert waiting(page) == "1"
    assert "已于" in scan(page, code_text(second), "李明")
    scan(page, code_text(third), "王芳")
    assert waiting(page) == "2"
    assert page.inner_text("[data-door-inside]") == "3"
    visitor.picture("door-offline")
    assert CheckIn.objects.count() == 1

    page.context.set_offline(False)
    page.wait_for_selector("[data-door-waiting]", state="hidden", timeout=20000)

    rows = CheckIn.objects.order_by("pk").values_list("invitation__guest_name", "result", "offline", "conflict")
    assert list(rows) == [("孙辉", "in", False, False), ("李明", "in", True, False), ("王芳", "in", True, False)]
    assert page.inner_text("[data-door-inside]") == "3"


def test_what_another_device_did_in_the_meantime_is_shown(page, district, occasion, guests, visitor):
    """TC25 and TC28 seen from the phone that was alone."""
    first, second, _third = guests
    page.context.set_offline(True)
    scan(page, code_text(first), "孙辉")
    scan(page, code_text(second), "李明")
    now = timezone.now()
    check_in(
        occasion, Scan("6b9ff6ae-0000-4000-8000-000000000001", invitation_id=first.pk, gate="B"), by=district["events1"], now=now
    )
    change_guest(second, by=None, now=now, guest=Guest("赵强", is_substitute=True))

    page.context.set_offline(False)
    page.wait_for_selector("[data-door-conflict-rows] li >> nth=1", timeout=20000)

    assert "待核实" in page.inner_text("[data-door-said]")
    assert sorted(CheckIn.objects.filter(conflict=True).values_list("result", flat=True)) == ["already", "revoked"]
    visitor.picture("door-conflicts")


def test_an_answer_that_is_lost_counts_once(page, guests):
    """The network goes between the act and the answer: the portal has written, the phone does not know (TC24)."""

    def swallow(route):
        route.fetch()
        route.abort()

    page.route("**/door/scans/", swallow, times=1)
    scan(page, code_text(guests[0]), "孙辉")
    page.wait_for_selector("[data-door-waiting]", state="hidden", timeout=20000)

    assert list(CheckIn.objects.values_list("result", "conflict")) == [("in", False)]


def test_a_damaged_list_lets_nobody_in(page, guests):
    page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("liaison-door", 1); asked.onsuccess = () => {
        const store = asked.result.transaction("lists", "readwrite").objectStore("lists");
        store.getAll().onsuccess = (event) => { const row = event.target.result[0];
        row.text = row.text.replace("孙辉", "孙光"); store.put(row).onsuccess = done; } } })"""
    )
    page.context.set_offline(True)
    page.reload()

    assert "本机名单已损坏" in scan(page, code_text(guests[0]), "名单")


def test_who_is_not_expected_is_let_in_with_a_reason_with_and_without_the_network(page, district, occasion, guests, visitor):
    row = invited(district, occasion, EnterpriseFactory(name="自贡彩灯有限公司"), now=timezone.now())[0]
    page.reload()
    page.wait_for_selector("[data-pk]:has-text('彩灯')")
    page.context.set_offline(True)

    page.click("[data-pk]:has-text('彩灯') [data-row-in]")
    page.fill("#door-why", "董事长亲自到场")
    visitor.picture("door-force")
    page.press("#door-why", "Enter")
    page.wait_for_selector("[data-door-said].is-success")
    page.context.set_offline(False)
    page.wait_for_selector("[data-door-waiting]", state="hidden", timeout=20000)

    assert list(CheckIn.objects.values_list("invitation", "result", "forced", "conflict")) == [(row.pk, "in", True, False)]


def test_searching_and_the_button_beside_the_name(page, guests):
    page.fill("#door-q", "李")
    assert page.locator("[data-pk]").count() == 1

    page.click("[data-pk] [data-row-in]")
    page.wait_for_selector("[data-door-said].is-success")

    assert CheckIn.objects.get().invitation == guests[1]
    assert page.locator("[data-pk] [data-row-undo]").is_visible()


def film_of(text: str, path: Path) -> Path:
    """What a camera sees that is held before the code: a raw film of three grey pictures."""
    rows = [bytes(235 - 219 * dot for dot in row for _ in range(6)) for row in segno.make(text, error="m").matrix_iter(border=4)]
    wide = len(rows[0])
    left, top = (640 - wide) // 2, (480 - 6 * len(rows)) // 2
    middle = b"".join((b"\xeb" * left + row + b"\xeb" * (640 - left - wide)) * 6 for row in rows)
    picture = b"\xeb" * 640 * top + middle + b"\xeb" * 640 * (480 - top - 6 * len(rows))
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + picture + b"\x80" * (640 * 480 // 2)) * 3)
    return path


def test_the_camera_reads_the_code(district, occasion, guests, browser, live_server, tmp_path):
    film = film_of(code_text(guests[1]), tmp_path / "code.y4m")
    arguments = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    path = found()
    chromium = browser.browser_type.launch(executable_path=path, args=[*arguments, f"--use-file-for-fake-video-capture={film}"])
    visitor = Visitor(chromium, live_server.url).sign_in(district["events1"])
    page = visitor.open(f"/events/{occasion.slug}/door/", size=PHONE)

    page.click("[data-door-start]")
    page.wait_for_selector("[data-door-said].is-success:has-text('李明')", timeout=30000)
    page.click("[data-door-stop]")

    assert list(CheckIn.objects.values_list("invitation", "result")) == [(guests[1].pk, "in")]
    assert visitor.faults() == []
    chromium.close()


def test_without_javascript(district, occasion, guests, visitor):
    visitor.sign_in(district["events1"])
    page = visitor.open(f"/events/{occasion.slug}/door/", size=PHONE, script=False)
    page.fill("#door-q", "王芳")
    page.click("[data-door-search] button")

    page.click(".door-guest button")
    page.wait_for_load_state()

    assert CheckIn.objects.get().invitation == guests[2]
    assert "王芳" in page.inner_text(".messages")


def test_the_pages_are_sound(district, occasion, guests, visitor):
    check_in(
        occasion,
        Scan("6b9ff6ae-0000-4000-8000-000000000002", invitation_id=guests[0].pk, gate="A"),
        by=district["events1"],
        now=timezone.now(),
    )
    row = invited(district, occasion, now=timezone.now())[0]
    visitor.sign_in(district["events1"])
    door = f"/events/{occasion.slug}/door/"
    pages = {
        "door": door,
        "door-walk-in": f"{door}walk-in/",
        "door-anyway": f"{door}guests/{row.pk}/in/",
        "door-undo": f"{door}guests/{guests[0].pk}/undo/",
        "door-code": f"{guests[0].get_absolute_url()}code/",
    }

    faults = [fault for name, path in pages.items() for fault in visitor.check(path, name=name)]

    assert not faults, "\n".join(faults)

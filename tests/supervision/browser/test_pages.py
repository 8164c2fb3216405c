"""Supervisors in a real browser: on a phone and a desktop, in both languages."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.templatetags.static import static
from django.utils import timezone

from liaison.documents.pdf import render_png
from supervision.actions.handling import answer_report, sort_report
from supervision.actions.keeping import declare_interest, set_consent
from supervision.certificates import facts_for_paper
from supervision.models import Report
from tests.browser import PHONE
from tests.factories.enterprises import PersonFactory
from tests.factories.supervision import announced, batch_of, drafted, fresh, sent, supervisor
from tests.files.makers import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTINUE = "main form.portal-form [type=submit]:not([name]), main form:not([class]) [type=submit]"
OFFLINE = "[data-keep-notice=offline]:not([hidden])"
RESTORED = "[data-keep-notice=restored]:not([hidden])"
PAGES = {
    "start-desk": ("desk1", "/supervision/"),
    "start-supervisor": ("supervisor", "/supervision/"),
    "batches": ("desk1", "/supervision/batches/"),
    "batch-new": ("desk1", "/supervision/batches/new/"),
    "batch": ("desk1", "{batch}"),
    "batch-add": ("desk1", "{planned}add/"),
    "appointment": ("supervisor", "{appointment}"),
    "card": ("supervisor", "{appointment}card/"),
    "interest": ("supervisor", "{appointment}interest/"),
    "dismiss": ("desk1", "{appointment}dismiss/"),
    "certificate": ("", "{certificate}"),
    "certificate-unknown": ("", "/certificates/abc/"),
    "reports-desk": ("desk1", "/supervision/reports/"),
    "reports-empty": ("inspect1", "/supervision/reports/?stage=rated"),
    "report-new": ("supervisor", "/supervision/reports/new/"),
    "report-where": ("supervisor", "{draft}where/"),
    "report-facts": ("supervisor", "{draft}facts/"),
    "report-photos": ("supervisor", "{draft}photos/"),
    "report-care": ("supervisor", "{draft}care/"),
    "report-check": ("supervisor", "{draft}check/"),
    "report-sort": ("desk1", "{report}sort/"),
    "report-desk": ("desk1", "{report}"),
    "report-answered": ("supervisor", "{answered}"),
    "report-rate": ("supervisor", "{answered}rate/"),
    "home-supervisor": ("supervisor", "/"),
    "home-desk": ("desk1", "/"),
}


@pytest.fixture
def places(district):
    now = timezone.now()
    row = supervisor(district, person=PersonFactory(username="supervisor", name="楚望舒"))
    set_consent(row, by=row.person, now=now, is_public=True)
    declare_interest(row, by=row.person, now=now, enterprise=district.other_firm, tie="relative")
    report = sent(district, row, enterprise=district.firm)
    answered = sort_report(sent(district, row), by=district["desk1"], now=now, sorting="inspection", text="请核实。")
    answer_report(answered, by=district["inspect1"], now=now, text="已增开两个窗口,实行午间轮班。")
    begins = timezone.localdate() + timedelta(days=30)
    term = {"from_on": begins, "to_on": begins + timedelta(days=700)}
    batch = announced(district, PersonFactory(name="巫启文"), now=now, **term)
    urls = {
        "batch": batch.get_absolute_url(),
        "planned": batch_of(district, now=now, **term).get_absolute_url(),
        "appointment": row.get_absolute_url(),
        "certificate": row.certificates.get().get_absolute_url(),
        "draft": drafted(district, row).get_absolute_url(),
        "report": report.get_absolute_url(),
        "answered": Report.objects.get(pk=answered.pk).get_absolute_url(),
    }
    return {**district.people, "supervisor": fresh(row)}, urls


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_in_order(visitor, places, name):
    people, urls = places
    by, path = PAGES[name]
    if by:
        visitor.sign_in(people[by])

    assert visitor.check(path.format(**urls), name=name) == []


def test_a_report_is_written_by_keyboard_on_a_phone(visitor, places):
    people, _urls = places
    page = visitor.sign_in(people["supervisor"]).open("/supervision/reports/new/", size={"width": 360, "height": 740})
    page.focus("[name=subject]")
    page.keyboard.type("窗口无人值守")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft/where/")

    assert Report.objects.filter(subject="窗口无人值守", unit__isnull=False).exists()


def test_what_was_typed_outlives_a_lost_connection_and_a_reload(visitor, places):
    people, urls = places
    page = visitor.sign_in(people["supervisor"]).open(f"{urls['draft']}facts/", size=PHONE)
    words = "上午十点,三十余人排队。\n仅开一个窗口。"
    page.fill("[name=facts]", words)
    page.context.set_offline(True)
    page.click(CONTINUE)
    page.wait_for_selector(OFFLINE)
    visitor.picture("report-offline")
    assert page.input_value("[name=facts]") == words

    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(RESTORED)
    visitor.picture("report-restored")
    assert page.input_value("[name=facts]") == words
    page.click(CONTINUE)
    page.wait_for_url("**/draft/photos/")

    assert Report.objects.filter(facts=words).count() == 1
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:'))") == []


def test_a_report_is_sent_by_touch_although_the_connection_breaks_off(visitor, places, tmp_path):
    people, _urls = places
    photo = tmp_path / "a.jpg"
    photo.write_bytes(picture())
    page = touched(visitor.sign_in(people["supervisor"]))
    page.goto(f"{visitor.address}/supervision/reports/new/")
    page.tap("[name=subject]")
    page.keyboard.type("窗口无人值守")
    page.select_option("[name=unit]", "tax")
    page.select_option("[name=category]", "01")
    page.context.set_offline(True)
    page.tap(CONTINUE)
    page.wait_for_selector(OFFLINE)
    page.context.set_offline(False)
    page.tap(CONTINUE)
    page.wait_for_url("**/draft/where/")
    page.fill("[name=seen_at]", "2026-09-01T10:00")
    page.fill("[name=place]", "区政务中心")
    page.tap("[name=manner][value=covert]")
    page.tap("[name=function][value=oversight]")
    page.tap(CONTINUE)
    page.wait_for_url("**/draft/facts/")
    page.fill("[name=facts]", "仅开一个窗口。")
    page.tap(CONTINUE)
    page.wait_for_url("**/draft/photos/")
    page.set_input_files("[type=file]", photo)
    page.context.set_offline(True)
    page.tap(CONTINUE)
    page.wait_for_selector(OFFLINE)
    page.context.set_offline(False)
    page.tap(CONTINUE)
    page.wait_for_url("**/draft/care/")
    page.tap(CONTINUE)
    page.wait_for_url("**/draft/check/")
    page.tap(CONTINUE)
    page.wait_for_selector("[data-page=supervision-report]")
    page.context.close()

    report = Report.objects.get(subject="窗口无人值守")
    assert (report.stage, report.photos.count()) == ("sent", 1)


def touched(visitor):
    """A page on a telephone, worked with the finger."""
    context = visitor.browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.add_cookies(visitor.cookies)
    return context.new_page()


SCAN = """async (address) => {
    const picture = new Image(400, 400);
    picture.src = address;
    await picture.decode();
    return (await new window.ZXing.BrowserQRCodeReader().decodeFromImageElement(picture)).getText();
}"""


def test_a_scanner_reads_the_address_of_the_public_page(visitor, places):
    """On the screen, and on the paper: by the scanner of the door, which shares nothing with what draws the code."""
    people, urls = places
    row = people["supervisor"].supervisor_appointments.get()
    paper = render_png("certificate", facts_for_paper(row.certificates.all()), dated=timezone.now(), ppi=144)
    page = visitor.open(urls["certificate"])
    page.add_script_tag(url=f"{visitor.address}{static('vendor/zxing.min.js')}")

    screen = page.evaluate(SCAN, f"{urls['certificate']}code.svg")
    printed = page.evaluate(SCAN, f"data:image/png;base64,{b64encode(paper).decode()}")

    assert {screen, printed} == {row.certificates.get().address}
    assert visitor.open(urls["certificate"]).locator("main", has_text=row.number).count() == 1

"""Supervisors in a real browser: on a phone and a desktop, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.actions.handling import answer_report, sort_report
from supervision.actions.keeping import declare_interest, set_consent
from supervision.models import Report
from tests.factories.enterprises import PersonFactory
from tests.factories.supervision import announced, batch_of, drafted, fresh, sent, supervisor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "start-desk": ("desk1", "/supervision/"),
    "start-supervisor": ("supervisor", "/supervision/"),
    "batches": ("desk1", "/supervision/batches/"),
    "batch-new": ("desk1", "/supervision/batches/new/"),
    "batch": ("desk1", "{batch}"),
    "batch-add": ("desk1", "{planned}add/"),
    "appointment": ("supervisor", "{appointment}"),
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

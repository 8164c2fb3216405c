"""Many act at once: numbers without a gap and without a double, one sorting, one draft."""

from contextlib import suppress
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
import time_machine

from supervision.actions.appointing import Unfit, add_candidate, appoint_batch
from supervision.actions.handling import follow_reports, sort_report
from supervision.actions.reporting import draft_of_form
from supervision.models import Appointment, Certificate, Report, ReportEvent
from tests.factories.enterprises import PersonFactory
from tests.factories.issues import District, make_district
from tests.factories.supervision import APPOINTED, announced, batch_of, candidate, fresh, sent, supervisor
from tests.issues.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(transactional_db) -> District:
    return make_district()


def test_fifty_appointments_at_once_leave_no_gap_and_no_double(district):
    batches = [announced(district, *[PersonFactory() for _ in range(5)]) for _ in range(10)]

    together([lambda batch=batch: appoint_batch(batch, by=district["desk1"], now=APPOINTED) for batch in batches])

    serials = sorted(Appointment.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 51))
    assert Certificate.objects.count() == 50


def test_one_list_is_appointed_once(district):
    batch = announced(district, PersonFactory(), PersonFactory())

    results = together([lambda: appoint_batch(batch, by=district["desk1"], now=APPOINTED)] * 6)

    assert results.count("done") == 1
    assert Certificate.objects.count() == 2


def test_one_person_gets_on_one_of_two_lists(district):
    person, lists = PersonFactory(), [batch_of(district) for _ in range(4)]

    def add(batch) -> None:
        with suppress(Unfit):
            add_candidate(batch, candidate(person), by=district["desk1"], now=APPOINTED)

    together([partial(add, batch) for batch in lists])

    assert Appointment.objects.filter(person=person).count() == 1
    with pytest.raises(Unfit):
        add_candidate(lists[0], candidate(person), by=district["desk1"], now=APPOINTED)


def test_one_form_sent_several_times_at_once_begins_one_draft(district):
    row, key = supervisor(district), uuid4()

    with time_machine.travel(APPOINTED, tick=True):
        together([lambda: draft_of_form(key, {"subject": "窗口"}, by=fresh(row), now=APPOINTED)] * 6)

    assert Report.objects.count() == 1


def test_two_of_the_desk_sort_one_report_once(district):
    report = sent(district, supervisor(district))

    calls = [
        lambda by=by: sort_report(report, by=district[by], now=APPOINTED, sorting="reference", text="已阅")
        for by in ("desk1", "desk2") * 3
    ]
    results = together(calls)

    assert results.count("done") == 1
    assert ReportEvent.objects.filter(kind="sort").count() == 1
    assert follow_reports(APPOINTED) == 0
    assert report.appointment.to_on > date(2026, 9, 15)

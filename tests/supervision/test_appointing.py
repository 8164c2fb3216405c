"""Batches and appointments: announced, appointed, renewed, ended."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError

from liaison.notifications.models import Notification
from liaison.parameters.actions import set_parameter
from liaison.workflow import NotYourStep, StepNotOpen
from supervision.actions.appointing import (
    Unfit,
    add_candidate,
    announce_batch,
    appoint_batch,
    begin_batch,
    cancel_batch,
    last_day_of_term,
)
from supervision.actions.keeping import (
    declare_interest,
    dismiss_supervisor,
    end_interest,
    reissue_certificate,
    resign_appointment,
    set_consent,
    strike_candidate,
)
from supervision.conflicts import others_tied_to, tied_to
from supervision.enums import Ground, Standing, Validity
from supervision.models import Appointment, Batch, Certificate, RegisterEvent
from supervision.permissions import running_appointment
from tests.factories.enterprises import EnterpriseFactory, PersonFactory
from tests.factories.issues import MONDAY
from tests.factories.supervision import APPOINTED, TERM, announced, appointed, batch_of, candidate, supervisor

DAY = timedelta(days=1)


def kinds_of(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_a_batch_is_numbered_in_the_order_of_its_list(district):
    rows = appointed(district, PersonFactory(), PersonFactory(), PersonFactory())

    assert [row.number for row in rows] == ["沿营监聘〔2026〕1号", "沿营监聘〔2026〕2号", "沿营监聘〔2026〕3号"]
    assert [row.stage for row in rows] == [Standing.APPOINTED] * 3
    assert Certificate.objects.filter(voided_at=None).count() == 3


def test_numbers_go_on_within_the_year_and_begin_anew_with_the_next(district):
    supervisor(district)
    second = supervisor(district)
    later = announced(district, PersonFactory(), from_on=date(2027, 1, 4), to_on=date(2028, 1, 3))
    appoint_batch(later, by=district["desk1"], now=APPOINTED.replace(year=2027, month=1, day=4))

    assert (second.year, second.serial) == (2026, 2)
    assert later.appointments.get().number == "沿营监聘〔2027〕1号"


def test_nobody_is_appointed_before_the_announcement_ends(district):
    batch = announced(district, PersonFactory())

    with pytest.raises(StepNotOpen) as shut:
        appoint_batch(batch, by=district["desk1"], now=APPOINTED - DAY)

    assert batch.announced_until == date(2026, 9, 14)
    assert "2026" in str(shut.value.reason)
    appoint_batch(batch, by=district["desk1"], now=APPOINTED)


def test_the_announcement_is_as_long_as_the_parameter_says(district):
    set_parameter("supervision.announcement_days", 1, by=district["admin.system"])

    assert announced(district, PersonFactory()).announced_until == date(2026, 9, 8)


def test_an_empty_list_is_not_announced(district):
    with pytest.raises(StepNotOpen):
        announce_batch(batch_of(district), by=district["desk1"], now=MONDAY)


def test_a_list_whose_term_has_passed_is_not_appointed(district):
    batch = announced(district, PersonFactory(), to_on=date(2026, 9, 20))

    with pytest.raises(StepNotOpen):
        appoint_batch(batch, by=district["desk1"], now=APPOINTED + 10 * DAY)


def test_a_late_appointment_begins_on_its_day(district):
    row = supervisor(district, now=APPOINTED + 3 * DAY)

    assert (row.from_on, row.to_on) == (date(2026, 9, 18), TERM["to_on"])


def test_terms_of_one_person_do_not_overlap(district):
    person = supervisor(district).person
    again = batch_of(district, from_on=TERM["to_on"], to_on=TERM["to_on"] + 365 * DAY)

    with pytest.raises(Unfit, match="overlap"):
        add_candidate(again, candidate(person), by=district["desk1"], now=MONDAY)


def test_a_person_on_a_list_that_is_given_up_is_free_again(district):
    person = PersonFactory()
    first = announced(district, person)
    second = batch_of(district)
    with pytest.raises(Unfit, match="overlap"):
        add_candidate(second, candidate(person), by=district["desk1"], now=MONDAY)

    cancel_batch(first, by=district["desk1"], now=MONDAY, reason="名单需重新征求意见")

    assert add_candidate(second, candidate(person), by=district["desk1"], now=MONDAY).term == 1
    assert kinds_of(person) == ["supervision_announced", "supervision_given_up"]


def test_a_renewal_is_the_second_term_and_a_third_is_refused(district):
    person = supervisor(district).person
    begins = TERM["to_on"] + DAY
    second = batch_of(district, from_on=begins, to_on=last_day_of_term(begins))
    row = add_candidate(second, candidate(person), by=district["desk1"], now=MONDAY)
    announce_batch(second, by=district["desk1"], now=MONDAY)
    appoint_batch(second, by=district["desk1"], now=APPOINTED)
    third = batch_of(district, from_on=begins.replace(year=2032, day=16), to_on=date(2033, 1, 1))

    with pytest.raises(Unfit, match="terms"):
        add_candidate(third, candidate(person), by=district["desk1"], now=MONDAY)
    assert row.term == 2


def test_a_term_over_the_ceiling_is_refused(district):
    with pytest.raises(Unfit, match="term"):
        begin_batch(title="x", from_on=TERM["from_on"], to_on=TERM["to_on"] + DAY, by=district["desk1"], now=MONDAY)


def test_a_term_from_a_leap_day_ends_before_march(db):
    assert last_day_of_term(date(2028, 2, 29)) == date(2031, 2, 28)


def test_nobody_is_twice_on_one_list(district):
    person = PersonFactory()
    batch = batch_of(district, person)

    with pytest.raises(Unfit, match=r"listed|overlap"):
        add_candidate(batch, candidate(person), by=district["desk1"], now=MONDAY)


def test_an_official_is_no_supervisor(district):
    with pytest.raises(Unfit, match="official"):
        add_candidate(batch_of(district), candidate(district["tax.head"]), by=district["desk1"], now=MONDAY)


@pytest.mark.parametrize("by", ["firm1", "leader.main", "inspect1", "tax.head", "admin.system"])
def test_only_the_desk_keeps_the_register(district, by):
    with pytest.raises(PermissionDenied):
        begin_batch(title="x", **TERM, by=district[by], now=MONDAY)
    with pytest.raises(NotYourStep):
        announce_batch(batch_of(district, PersonFactory()), by=district[by], now=MONDAY)


def test_a_stale_page_is_refused(district):
    batch = batch_of(district, PersonFactory())

    with pytest.raises(StepNotOpen):
        announce_batch(batch, by=district["desk1"], now=MONDAY, version=0)


def test_a_candidate_who_is_struck_is_not_appointed(district):
    batch = announced(district, PersonFactory(), PersonFactory())
    first, second = batch.appointments.all()
    strike_candidate(first, by=district["desk1"], now=MONDAY, reason="群众有异议,查证属实")

    appoint_batch(batch, by=district["desk1"], now=APPOINTED)

    assert [Appointment.objects.get(pk=row.pk).number for row in (first, second)] == ["", "沿营监聘〔2026〕1号"]


@time_machine.travel(APPOINTED, tick=False)
def test_resigning_ends_the_rights_at_once_and_tells_the_desk(district):
    row = supervisor(district)
    assert running_appointment(row.person) == row

    resign_appointment(row, by=row.person, now=APPOINTED, reason="调往外地工作")

    row.refresh_from_db()
    assert (row.stage, row.until_on, running_appointment(row.person)) == (Standing.RESIGNED, APPOINTED.date(), None)
    assert "supervision_resigned" in kinds_of(district["desk1"])


def test_whoever_resigned_may_be_appointed_from_the_next_day_on(district):
    row = supervisor(district)
    resign_appointment(row, by=row.person, now=APPOINTED, reason="个人原因")
    again = batch_of(district, from_on=APPOINTED.date() + DAY, to_on=date(2027, 1, 1))

    assert add_candidate(again, candidate(row.person), by=district["desk1"], now=APPOINTED).term == 2


def test_dismissal_needs_a_ground_and_revokes_the_certificate(district):
    row = supervisor(district)
    dismiss_supervisor(row, by=district["desk1"], now=APPOINTED, ground=Ground.ABSENT, reason="连续两季度未履职")

    row.refresh_from_db()
    assert (row.stage, row.ground) == (Standing.DISMISSED, Ground.ABSENT)
    assert row.certificates.get().validity_on(APPOINTED.date()) == Validity.REVOKED
    assert kinds_of(row.person)[-1] == "supervision_ended"


def test_a_supervisor_dismisses_nobody_and_nobody_resigns_for_another(district):
    row, other = supervisor(district), supervisor(district)

    with pytest.raises(NotYourStep):
        dismiss_supervisor(row, by=row.person, now=APPOINTED, ground=Ground.LEFT, reason="x")
    with pytest.raises(PermissionDenied):
        resign_appointment(row, by=other.person, now=APPOINTED, reason="x")


def test_what_ended_by_itself_is_not_ended_again(district):
    row = supervisor(district)

    with pytest.raises(StepNotOpen):
        resign_appointment(row, by=row.person, now=APPOINTED.replace(year=2029, month=9, day=15), reason="x")


def test_a_new_certificate_keeps_the_number_and_voids_the_old_code(district):
    row = supervisor(district)
    old = row.certificates.get()

    new = reissue_certificate(row, by=district["desk1"], now=APPOINTED, reason="遗失补办")

    old.refresh_from_db()
    today = APPOINTED.date()
    assert (old.validity_on(today), new.validity_on(today)) == (Validity.REPLACED, Validity.VALID)
    assert new.code != old.code
    assert new.appointment.number == row.number


def test_a_certificate_knows_its_term(district):
    certificate = supervisor(district).certificates.get()

    assert certificate.validity_on(TERM["to_on"]) == Validity.VALID
    assert certificate.validity_on(TERM["to_on"] + DAY) == Validity.EXPIRED
    assert certificate.validity_on(TERM["from_on"] - DAY) == Validity.NOT_YET


def test_interests_are_declared_once_and_ended_by_the_desk(district):
    row, firm = supervisor(district), EnterpriseFactory()
    interest = declare_interest(row, by=row.person, now=APPOINTED, enterprise=firm, tie="competitor")
    with pytest.raises(Unfit, match="declared"):
        declare_interest(row, by=district["desk1"], now=APPOINTED, enterprise=firm, tie="relative")
    with pytest.raises(NotYourStep):
        end_interest(row, by=row.person, now=APPOINTED, interest=interest, reason="x")

    end_interest(row, by=district["desk1"], now=APPOINTED, interest=interest, reason="已转让")

    assert tied_to(row.person) == frozenset()


def test_the_enterprise_one_acts_for_is_an_interest_without_being_declared(district):
    row = supervisor(district, person=district["firm1"])
    declare_interest(row, by=row.person, now=APPOINTED, enterprise=district.other_firm, tie="relative")

    person = district["firm1"]
    assert tied_to(person) == {district.firm.pk, district.other_firm.pk}
    assert others_tied_to(person) == {district.other_firm.pk}


def test_only_the_person_consents_to_be_named(district):
    row = supervisor(district)
    with pytest.raises(NotYourStep):
        set_consent(row, by=district["desk1"], now=APPOINTED, is_public=True)

    assert set_consent(row, by=row.person, now=APPOINTED, is_public=True).is_public


def test_the_story_is_never_changed(district):
    batch_of(district)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE supervision_registerevent SET kind = 'x'")
    assert list(RegisterEvent.objects.values_list("kind", flat=True)) == ["begin"]


def test_who_sees_an_appointment(district):
    row, other = supervisor(district), supervisor(district)
    struck = batch_of(district, PersonFactory()).appointments.get()
    strike_candidate(struck, by=district["desk1"], now=MONDAY, reason="本人不愿")

    def seen(user):
        return list(Appointment.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))

    assert seen(row.person) == [row.pk]
    assert seen(other.person) == [other.pk]
    assert seen(struck.person) == []
    assert seen(district["desk1"]) == [row.pk, other.pk, struck.pk]
    assert seen(district["leader.main"]) == seen(district["firm1"]) == []
    assert Batch.objects.count() == 3

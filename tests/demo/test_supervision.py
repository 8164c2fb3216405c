"""The supervisors of the demonstration, as they stand after the load."""

from datetime import date

import pytest

from liaison.accounts.models import Posting, User
from liaison.demo.timeline import ENDS_AT
from supervision.enums import Function
from supervision.models import Appointment, Interest, Report

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_fourteen_were_appointed_on_the_day_of_the_article():
    rows = Appointment.objects.running(ENDS_AT.date())

    assert [row.number for row in rows.order_by("serial")] == [f"沿营监聘〔2022〕{n}号" for n in range(1, 15)]
    assert set(rows.values_list("batch__appointed_on", flat=True)) == {date(2022, 6, 15)}
    assert rows.filter(is_public=True).count() == 7
    assert all(row.certificates.filter(voided_at=None).count() == 1 for row in rows)


def test_supervisors_hold_no_duty():
    assert not Posting.objects.filter(user__username__startswith="supervisor").exists()
    assert User.objects.filter(username__in=["supervisor1", "supervisor2"]).count() == 2


def test_there_are_reports_of_all_four_functions_in_many_stages():
    assert set(Report.objects.values_list("function", flat=True)) == set(Function)
    assert set(Report.objects.values_list("stage", flat=True)) == {"sent", "leader", "inspection", "answered", "rated"}
    assert Report.objects.filter(set_aside=True).count() == 2
    assert Report.objects.filter(anonymous=True).count() == 2


def test_interests_are_declared():
    assert sorted(Interest.objects.values_list("tie", flat=True)) == ["competitor", "relative"]

"""What the database itself guarantees about enterprises."""

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.utils import timezone

from enterprises.enums import EventKind, Role, Size, Status
from enterprises.models import Enterprise, EnterpriseEvent
from tests.factories.enterprises import EnterpriseFactory, PersonFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db


def test_saving_computes_size_and_search():
    firm = EnterpriseFactory(name="四川沱江盐化新材料有限公司")

    firm.refresh_from_db()
    assert firm.size == Size.SMALL
    assert Enterprise.objects.matching("盐化").get() == firm
    assert not Enterprise.objects.matching("盐都").exists()


def test_saving_one_figure_writes_the_size_too():
    firm = EnterpriseFactory()
    firm.employees = 10
    firm.save(update_fields=["employees"])

    firm.refresh_from_db()
    assert firm.size == Size.MICRO


def test_credit_code_is_unique():
    firm = EnterpriseFactory()
    with pytest.raises(IntegrityError):
        EnterpriseFactory(credit_code=firm.credit_code)


@pytest.mark.parametrize(
    "fields",
    [
        {"credit_code": "91510311MA000000I0"},
        {"status": "gone"},
        {"industry": "Z"},
        {"industry_code": "34x"},
        {"size_override": Size.LARGE, "size_reason": ""},
        {"size_reason": "because"},
        {"status": Status.VERIFIED, "verified_at": None},
        {"status": Status.REFUSED, "status_reason": ""},
        {"revenue": -1},
        {"employees": -1},
    ],
)
def test_the_database_refuses(fields):
    with pytest.raises(IntegrityError):
        EnterpriseFactory(**fields)


def test_a_person_represents_a_firm_once_at_a_time():
    row = RepresentativeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RepresentativeFactory(enterprise=row.enterprise, user=row.user)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    again = RepresentativeFactory(enterprise=row.enterprise, user=row.user)
    assert again.pk != row.pk


def test_represented_by_ends_with_the_row():
    user = PersonFactory()
    firm = EnterpriseFactory(manager=user)
    assert Enterprise.objects.represented_by(user).get() == firm
    user.represents.update(ended_at=timezone.now())
    assert not Enterprise.objects.represented_by(user).exists()
    assert user.represents.get().role == Role.MANAGER


@pytest.mark.parametrize("act", ["update", "delete"])
def test_events_are_append_only(act):
    event = EnterpriseEvent.objects.create(enterprise=EnterpriseFactory(), kind=EventKind.APPLIED, at=timezone.now())
    rows = EnterpriseEvent.objects.filter(pk=event.pk)
    with pytest.raises((ProgrammingError, InternalError), match="append-only"), transaction.atomic():
        rows.update(note="x") if act == "update" else rows.delete()

"""Enterprises for tests, with valid credit codes."""

import factory
from django.utils import timezone
from stdnum.cn import uscc

from enterprises.enums import Role, Section, Status
from enterprises.models import Chamber, Enterprise, Label, Representative
from liaison.accounts.models import Unit, UnitKind, User


def credit_code(number: int, region: str = "510311") -> str:
    """The n-th valid code of a region."""
    body = f"91{region}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"王小{n}")


class TownFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = "weiping"
    name = factory.LazyAttribute(lambda o: {"weiping": "卫坪街道", "yongan": "永安镇"}.get(o.code, f"{o.code}镇"))
    name_en = factory.LazyAttribute(lambda o: o.code.capitalize())
    kind = UnitKind.TOWN


class EnterpriseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enterprise
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"自贡市第{n}机械制造有限公司")
    credit_code = factory.Sequence(credit_code)
    legal_representative = "陈立新"
    industry = Section.C
    industry_code = "3443"
    employees = 186
    revenue = 9800
    assets = 12600
    town = factory.SubFactory(TownFactory)
    contact_name = "陈立新"
    contact_phone = "13900000001"
    status = Status.VERIFIED
    applied_at = factory.LazyFunction(timezone.now)
    verified_at = factory.LazyAttribute(lambda o: o.applied_at if o.status in {Status.VERIFIED, Status.SUSPENDED} else None)
    status_reason = factory.LazyAttribute(lambda o: "执照照片看不清" if o.status == Status.REFUSED else "")

    @factory.post_generation
    def manager(obj, create, user, **kwargs):  # noqa: N805 - factory-boy gives them
        """``EnterpriseFactory(manager=user)`` makes the person its manager."""
        if user:
            RepresentativeFactory(enterprise=obj, user=user, role=Role.MANAGER)


class RepresentativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Representative

    enterprise = factory.SubFactory(EnterpriseFactory)
    user = factory.SubFactory(PersonFactory)
    role = Role.STAFF
    since = factory.LazyFunction(timezone.now)


class LabelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Label
        django_get_or_create = ("name",)

    name = "规上"


class ChamberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chamber
        django_get_or_create = ("code",)

    code = "machinery"
    name = "沿滩区机械装备商会"
    name_en = "Machinery chamber"

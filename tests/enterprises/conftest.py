"""The people of these tests."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from liaison.accounts.models import Duty, Unit, UnitKind
from tests.factories.enterprises import EnterpriseFactory, TownFactory, credit_code
from tests.people import official, person


@pytest.fixture
def town(db):
    return TownFactory()


@pytest.fixture
def office(db):
    return Unit.objects.create(code="desk", name="受理派单", name_en="Desk", kind=UnitKind.LIAISON)


@pytest.fixture
def desk(office):
    return official(Duty.DESK, office, username="desk1", name="周受理")


@pytest.fixture
def firm(town):
    return EnterpriseFactory(town=town, manager=person("firm1"))


@pytest.fixture
def manager(firm):
    return firm.representatives.get(role="manager").user


@pytest.fixture
def signed_in():
    """``signed_in(user)`` is a browser in which the person has signed in."""

    def sign_in(user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def visitor(db):
    return Client(headers={"accept-language": "en"})


def photo(name="licence.jpg"):
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


@pytest.fixture
def application(town):
    """What a firm types; a fresh photo with each call."""

    def fill(**changes):
        return {
            "name": "自贡市釜川机械制造有限公司",
            "credit_code": credit_code(777),
            "legal_representative": "陈立新",
            "industry": "C",
            "town": town.code,
            "contact_name": "刘倩",
            "contact_phone": "13900000103",
            "licence": photo(),
        } | changes

    return fill

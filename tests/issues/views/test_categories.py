"""Categories are reference data: the system administrator keeps them, and it is recorded."""

import pytest

from issues.models import Category
from liaison.audit.models import AuditEntry, AuditTag
from tests.factories.issues import submitted

URL = "/issues/categories/01/"


@pytest.fixture
def admin(district, client):
    client.force_login(district["admin.system"])
    return client


def values(**changes):
    return {"name": "融资信贷", "name_en": "Finance and credit", "examples": "贷款", "is_active": "on", **changes}


def test_the_list_shows_all_categories_and_no_business_content(district, admin):
    submitted(district, title="不该看见的标题")

    text = admin.get("/issues/categories/").content.decode()

    assert text.count("/issues/categories/") >= Category.objects.count()
    assert "不该看见的标题" not in text


def test_a_change_is_written_and_recorded(district, admin):
    units = district.units
    response = admin.post(URL, values(name="融资", lead_unit=units["finance"].pk, co_units=[units["tax"].pk, units["env"].pk]))

    category = Category.objects.get(code="01")
    assert (response.status_code, category.name, category.lead_unit) == (302, "融资", units["finance"])
    assert {unit.code for unit in category.co_units.all()} == {"tax", "env"}
    changes = AuditEntry.objects.get(tag=AuditTag.REFERENCE_CHANGED).detail["changes"]
    assert changes["name"] == ["融资信贷", "融资"]
    assert (changes["lead_unit"], changes["co_units"]) == (["", "finance"], ["", "env,tax"])


def test_nothing_changed_leaves_no_entry(district, admin):
    category = Category.objects.get(code="01")

    admin.post(URL, values(name=category.name, name_en=category.name_en, examples=category.examples))

    assert not AuditEntry.objects.filter(tag=AuditTag.REFERENCE_CHANGED).exists()


def test_the_lead_unit_is_not_its_own_co_unit(district, admin):
    tax = district.units["tax"].pk

    admin.post(URL, values(lead_unit=tax, co_units=[tax]))

    assert not Category.objects.get(code="01").co_units.exists()


def test_an_empty_name_is_told(admin):
    response = admin.post(URL, values(name=""))

    assert response.status_code == 400
    assert Category.objects.get(code="01").name == "融资信贷"


def test_the_code_stays(admin):
    admin.post(URL, values(code="77"))

    assert not Category.objects.filter(code="77").exists()


@pytest.mark.parametrize(
    "username", ["desk1", "tax.head", "leader.main", "inspect1", "firm1", "admin.security", "admin.audit", "stranger"]
)
@pytest.mark.parametrize("url", ["/issues/categories/", URL])
def test_nobody_else_may(district, client, username, url):
    client.force_login(district[username])

    assert client.get(url).status_code == 403


def test_an_unknown_code_is_not_found(admin):
    assert admin.get("/issues/categories/xx/").status_code == 404

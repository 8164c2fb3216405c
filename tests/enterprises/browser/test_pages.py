"""The pages of this room in a real browser: phone and desktop, both languages, axe."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from enterprises.actions.people import invite_colleague
from enterprises.enums import EventKind, Role, Status
from tests.enterprises.conftest import photo
from tests.enterprises.test_tables import as_csv, line
from tests.factories.enterprises import ChamberFactory, EnterpriseFactory, LabelFactory, credit_code
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop(desk, town):
    """A firm with everything that its page can show."""
    firm = EnterpriseFactory(
        name="四川沱江盐化新材料有限公司", manager=person("firm1", name="黎国栋"), pending_name="四川沱江新材料股份有限公司"
    )
    firm.labels.add(LabelFactory(name="规上"), LabelFactory(name="重点排污单位"))
    firm.memberships.create(chamber=ChamberFactory(), since_on="2022-01-17")
    firm.events.create(kind=EventKind.VERIFIED, actor=desk, at=timezone.now(), note="执照与登记一致")
    manager = firm.representatives.get().user
    invite_colleague(firm, name="宗毅", email="zy@example.cn", role=Role.STAFF, by=manager, now=timezone.now())
    return firm


def assert_sound(visitor, **pages):
    faults = [fault for name, path in pages.items() for fault in visitor.check(path, name=name)]
    assert not faults, "\n".join(faults)


def test_the_firms_pages(shop, visitor):
    visitor.sign_in(shop.representatives.get().user)
    url = shop.get_absolute_url()
    assert_sound(
        visitor, own=url, people=f"{url}people/", edit=f"{url}edit/", acting="/enterprises/acting/", own_list="/enterprises/"
    )


def test_the_desks_pages(shop, desk, visitor):
    EnterpriseFactory(status=Status.APPLIED)
    visitor.sign_in(desk)
    url = shop.get_absolute_url()
    assert_sound(
        visitor,
        list="/enterprises/",
        none="/enterprises/?q=没有",
        desk=url,
        suspend=f"{url}suspend/",
        size=f"{url}size/",
        rename=f"{url}name/",
        chambers="/enterprises/chambers/",
        chamber="/enterprises/chambers/machinery/",
    )


def test_an_import(shop, desk, visitor):
    client = Client()
    client.force_login(desk)
    rows = as_csv(line(1), line(2, town="x", employees="很多"), line(3, credit_code=shop.credit_code))
    run = client.post("/enterprises/import/", {"file": SimpleUploadedFile("2022年企业名单.csv", rows, "text/csv")}).url
    visitor.sign_in(desk)
    assert_sound(visitor, imports="/enterprises/import/", run=run)


def test_registering(town, visitor):
    assert_sound(visitor, register="/enterprises/register/")
    page = visitor.open("/enterprises/register/")
    page.fill("[name=name]", "自贡市釜川机械制造有限公司")
    page.fill("[name=credit_code]", "91510311MA0007770X")
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    visitor.picture("register-wrong")
    assert page.title().startswith("错误")
    page.fill("[name=credit_code]", credit_code(777))
    page.fill("[name=legal_representative]", "陈立新")
    page.select_option("[name=industry]", "C")
    page.select_option("[name=town]", town.code)
    page.fill("[name=contact_name]", "刘倩")
    page.fill("[name=contact_phone]", "13900000103")
    sent = photo()
    page.set_input_files("[name=licence]", {"name": sent.name, "mimeType": "image/jpeg", "buffer": sent.read()})
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-page=enterprise-register-account]")
    visitor.picture("register-account")
    for name, value in {"username": "liuqian", "password1": "bamboo-river-42", "password2": "bamboo-river-42"}.items():
        page.fill(f"[name={name}]", value)
    page.click("main form button[type=submit]")
    page.wait_for_selector("[data-page=enterprise-receipt]")
    visitor.picture("receipt")
    assert not (faults := visitor.faults()), "\n".join(faults)


def test_an_invitation(shop, visitor):
    assert_sound(visitor, invitation=shop.invitations.get().get_absolute_url())

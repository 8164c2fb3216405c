"""Every page answers, in both languages, with a number of queries that does not grow with the data."""

import pytest
from django.urls import reverse
from django.utils import timezone

from enterprises.actions.people import invite_colleague
from enterprises.enums import Role, Status
from tests.factories.enterprises import ChamberFactory, EnterpriseFactory, LabelFactory, RepresentativeFactory
from tests.people import person

TONES = {"applied": "progress", "verified": "success", "refused": "danger", "suspended": "warning", "closed": "neutral"}
pytestmark = pytest.mark.django_db


def addresses(firm):
    code = [firm.credit_code]
    return {
        "desk": [
            *(reverse(f"enterprises:{name}") for name in ("list", "chambers", "chamber_new", "imports")),
            *(reverse(f"enterprises:{name}", args=code) for name in ("detail", "edit", "size", "people")),
            *(f"{firm.get_absolute_url()}{step}/" for step in ("suspend", "close")),
            reverse("enterprises:chamber", args=[ChamberFactory().code]),
            reverse("enterprises:chamber_edit", args=[ChamberFactory().code]),
        ],
        "manager": [
            *(reverse(f"enterprises:{name}") for name in ("list", "acting", "register")),
            *(reverse(f"enterprises:{name}", args=code) for name in ("detail", "edit", "people")),
            reverse("enterprises:remove", args=[firm.credit_code, firm.representatives.get().pk]),
        ],
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["desk", "manager"])
def test_pages_answer(who, language, firm, desk, manager, signed_in):
    client = signed_in({"desk": desk, "manager": manager}[who])
    client.cookies["django_language"] = language
    for address in addresses(firm)[who]:
        assert client.get(address).status_code == 200, address


def test_the_list_needs_the_same_number_of_queries_for_one_and_many(desk, signed_in, django_assert_max_num_queries):
    client = signed_in(desk)
    for firm in EnterpriseFactory.create_batch(12):
        firm.labels.add(LabelFactory())
    with django_assert_max_num_queries(13):
        assert client.get(reverse("enterprises:list")).status_code == 200


def test_the_page_of_a_firm_needs_a_fixed_number_of_queries(firm, desk, signed_in, django_assert_max_num_queries):
    RepresentativeFactory.create_batch(5, enterprise=firm)
    client = signed_in(desk)
    with django_assert_max_num_queries(18):
        assert client.get(firm.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("status", Status)
def test_the_page_shows_every_status(status, desk, signed_in):
    firm = EnterpriseFactory(status=status, status_reason="理由")
    assert f"badge-{TONES[status]}" in signed_in(desk).get(firm.get_absolute_url()).content.decode()


def test_the_invitation_shows_whom_it_is_for(firm, manager, visitor):
    invitation = invite_colleague(firm, name="温宁", role=Role.STAFF, by=manager, now=timezone.now())
    answer = visitor.get(invitation.get_absolute_url())
    assert answer.status_code == 200
    assert firm.name in answer.content.decode()


def test_the_line_below_the_header_names_the_firm(firm, manager, signed_in):
    assert firm.name in signed_in(manager).get("/").content.decode()


def test_whoever_represents_nobody_is_led_to_register(signed_in):
    assert signed_in(person()).get(reverse("enterprises:mine")).url == reverse("enterprises:register")

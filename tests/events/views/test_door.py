"""The pages and the device's addresses of the door, over HTTP."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from events.codes import code_text
from events.guests import signed_list
from events.models import CheckIn, Invitation
from tests.events.test_door import AT, coming
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY, District, make_district


@pytest.fixture
def district(db) -> District:
    return make_district()


@pytest.fixture
def occasion(district):
    return published(district)


@pytest.fixture
def guest(district, occasion) -> Invitation:
    return coming(district, occasion)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(AT, tick=False):
        yield


def client_of(d: District, by: str = "events1") -> Client:
    client = Client()
    client.force_login(d[by], backend="liaison.accounts.backends.SignInBackend")
    return client


def url(occasion, part: str = "") -> str:
    return f"/events/{occasion.slug}/door/{part}"


def entry(guest: Invitation | None = None, **values: Any) -> dict[str, Any]:
    return {"nonce": str(uuid4()), "code": code_text(guest) if guest else "", "age": 0, "gate": "A", **values}


def post(client: Client, occasion, *entries: Any) -> HttpResponse:
    return client.post(url(occasion, "scans/"), json.dumps({"scans": entries}), content_type="application/json")


def test_the_page_counts_and_names_the_guests(district, occasion, guest):
    page = client_of(district).get(url(occasion)).content.decode()

    assert "孙辉" in page
    assert "data-door-expected>1<" in page


def test_a_guest_is_let_in_by_the_button_without_javascript(district, occasion, guest):
    client, nonce = client_of(district), uuid4()

    for _ in range(2):
        answer = client.post(url(occasion, "in/"), {"nonce": nonce, "invitation": guest.pk, "q": "孙"}, follow=True)

    assert (CheckIn.objects.get().result, answer.redirect_chain[0][0].endswith("?q=%E5%AD%99")) == ("in", True)
    assert "撤销" in answer.content.decode()


def test_a_hand_scanner_without_javascript_and_the_gate_is_remembered(district, occasion, guest):
    client = client_of(district)

    client.post(url(occasion, "in/"), {"nonce": uuid4(), "code": code_text(guest), "gate": "东门"})

    assert CheckIn.objects.get().gate == "东门"
    assert 'value="东门"' in client.get(url(occasion)).content.decode()


def test_who_is_not_expected_leads_to_the_page_that_asks_why(district, occasion):
    row = invited(district, occasion)[0]
    client = client_of(district)

    refused = client.post(url(occasion, "in/"), {"nonce": uuid4(), "invitation": row.pk})
    empty = client.post(refused.url, {"nonce": uuid4(), "reason": ""})
    client.post(refused.url, {"nonce": uuid4(), "reason": "董事长亲自到场"})

    assert (refused.url, empty.status_code) == (url(occasion, f"guests/{row.pk}/in/"), 400)
    assert list(CheckIn.objects.values_list("result", "forced")) == [("not_coming", False), ("in", True)]


def test_taking_back(district, occasion, guest):
    client = client_of(district)
    client.post(url(occasion, "in/"), {"nonce": uuid4(), "invitation": guest.pk})

    client.post(url(occasion, f"guests/{guest.pk}/undo/"), {"nonce": uuid4(), "reason": "点错"})

    assert list(CheckIn.objects.values_list("result", "reason")) == [("in", ""), ("undone", "点错")]


@pytest.mark.parametrize("called", ["credit code", "name", "part"])
def test_a_walk_in_is_matched_to_the_register(district, occasion, called):
    firm = EnterpriseFactory(name="自贡华西能源工业股份有限公司")
    words = {"credit code": firm.credit_code, "name": firm.name, "part": "华西能源"}[called]

    client_of(district).post(url(occasion, "walk-in/"), {"nonce": uuid4(), "enterprise": words, "guest_name": "赵强"})

    assert Invitation.objects.get(enterprise=firm).guest_name == "赵强"


@pytest.mark.parametrize("words", ["有限公司", "没有这家"])
def test_a_walk_in_that_is_not_one_firm_is_asked_again(district, occasion, words):
    EnterpriseFactory(name="自贡甲有限公司")
    EnterpriseFactory(name="自贡乙有限公司")

    answer = client_of(district).post(url(occasion, "walk-in/"), {"nonce": uuid4(), "enterprise": words, "guest_name": "赵强"})

    assert (answer.status_code, Invitation.objects.count()) == (400, 0)


def test_a_queue_is_answered_entry_by_entry_and_again_the_same(district, occasion, guest):
    client = client_of(district)
    ticket = signed_list(occasion, AT)["ticket"]
    told = [
        entry(guest, offline=True, ticket=ticket, age=600),
        entry(guest, offline=True, ticket=ticket, age=300, gate="B"),
        entry(code="x"),
        {"nonce": "no"},
        "nonsense",
        entry(invitation="x"),
    ]

    first, again = post(client, occasion, *told).json(), post(client, occasion, *told).json()

    results = ["in", "already", "unknown", *["unreadable"] * 3]
    assert [answer["result"] for answer in first["answers"]] == results
    assert [answer["result"] for answer in again["answers"]] == results
    assert (first["answers"][1]["conflict"], len(first["live"]["conflicts"]), CheckIn.objects.count()) == (True, 1, 3)
    assert CheckIn.objects.first().scanned_at == AT - timedelta(minutes=10)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"scans": 1}', "\xff", json.dumps({"scans": [{}] * 201})])
def test_a_body_that_is_no_queue_is_refused(district, occasion, body):
    answer = client_of(district).post(url(occasion, "scans/"), body, content_type="application/json")

    assert answer.status_code == 400


def test_a_queue_without_a_token_is_refused(district, occasion, guest):
    client = Client(enforce_csrf_checks=True)
    client.force_login(district["events1"], backend="liaison.accounts.backends.SignInBackend")
    token = client.get(url(occasion, "live/")).json()["csrf"]
    body = json.dumps({"scans": [entry(guest)]})

    without = client.post(url(occasion, "scans/"), body, content_type="application/json")
    told = client.post(url(occasion, "scans/"), body, content_type="application/json", headers={"X-CSRFToken": token})

    assert (without.status_code, told.status_code, CheckIn.objects.count()) == (403, 200, 1)


def test_an_offline_entry_without_our_list_is_a_conflict(district, occasion, guest):
    answer = post(client_of(district), occasion, entry(guest, offline=True, ticket="x")).json()["answers"][0]

    assert (answer["result"], answer["conflict"]) == ("in", True)


@pytest.mark.parametrize("part", ["", "list/", "live/", "worker.js", "walk-in/"])
@pytest.mark.parametrize(("by", "status"), [("desk1", 403), ("leader.main", 403), ("firm1", 403), ("stranger", 404)])
def test_only_event_staff(district, occasion, guest, part, by, status):
    assert client_of(district, by).get(url(occasion, part)).status_code == status


@pytest.mark.parametrize(("by", "status"), [("desk1", 403), ("firm1", 403), ("stranger", 404)])
def test_nobody_else_posts(district, occasion, guest, by, status):
    client = client_of(district, by)

    assert post(client, occasion, entry(guest)).status_code == status
    assert client.post(url(occasion, "in/"), {"nonce": uuid4(), "invitation": guest.pk}).status_code == status
    assert CheckIn.objects.count() == 0


def test_the_worker_reaches_no_further_than_its_door(district, occasion):
    answer = client_of(district).get(url(occasion, "worker.js"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers


def test_the_list_costs_the_same_questions_for_one_and_for_five(district, occasion, guest, django_assert_max_num_queries):
    client = client_of(district)
    for number in range(4):
        coming(district, occasion, f"来宾{number}")
    with django_assert_max_num_queries(22):
        client.get(url(occasion))
    with django_assert_max_num_queries(18):
        client.get(url(occasion, "list/"))


def test_the_guest_sees_the_code_and_a_firm_that_does_not_come_is_led_back(district, occasion, guest):
    other = invited(district, occasion, district.other_firm)[0]

    page = Client().get(f"{guest.get_absolute_url()}code/")
    led = Client().get(f"{other.get_absolute_url()}code/")

    assert ("<svg" in page.content.decode(), "style=" in page.content.decode()) == (True, False)
    assert led.url == other.get_absolute_url()
    assert MONDAY < AT

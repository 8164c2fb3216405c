"""Every address × every member of the cast, asked with GET, against a reviewed matrix (S01).

An address that is not in the matrix fails: whoever adds one says who may open it. ``200`` and ``302`` are listed; everybody else must
get 403 or 404, visitors must be sent to sign in unless the address is public. Nothing may fail (5xx) or be changed by looking.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enterprises.models import Chamber
from issues.models import IssueEvent
from tests.architecture.matrix import MATRIX, PUBLIC
from tests.factories.issues import District, submitted, walk
from tests.issues.views.driver import Driver

EVERYBODY = "everybody"


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


@pytest.fixture
def place(district) -> tuple[District, dict[str, dict[str, Any]]]:
    """One of each thing, and how its address is built."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    Chamber.objects.create(code="machinery", name="机械装备商会", name_en="Machinery")
    firm = {"credit_code": district.firm.credit_code}
    posting = district["tax.head"].postings.get()
    member = district.firm.representatives.get()
    person = {"username": "tax.head"}
    sealed = {"public_id": "00000000-0000-4000-8000-000000000000"}
    draft = {"key": "00000000-0000-4000-8000-000000000000"}
    return district, {
        "issues:": {"address": issue.address, "page": "answer", "pk": 1, "code": "01", "extension": "csv", **draft},
        "enterprises:": {**firm, "code": "machinery", "pk": member.pk, "extension": "csv", "token": "x", "name": "suspend", **sealed},
        "": {**person, "pk": posting.pk, "code": "tax", "key": "issues.daily_cap", "token": "x", "uidb36": "1"},
    }


def address_of(name: str, samples: dict[str, dict[str, Any]]) -> str:
    group = next(prefix for prefix in samples if name.startswith(prefix))
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    wanted = resolver.reverse_dict.getlist(name.split(":")[-1])[0][0][0][1]
    values = samples[group]
    if "key" in wanted and name.startswith("account_"):
        values = {**values, "key": "1-abc"}
    return reverse(name, kwargs={key: values.get(key, values.get("key")) for key in wanted})


def test_every_address_is_in_the_matrix():
    assert sorted(set(names(get_resolver()))) == sorted(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_may_open_it(place, name):
    district, samples = place
    address = address_of(name, samples)
    events = IssueEvent.objects.count()
    statuses = {by: client_of(district, by).get(address).status_code for by in district.people}
    visitor = Client().get(address)

    opened = {by for by, status in statuses.items() if status in {200, 302}}
    allowed = set(district.people) if MATRIX[name] == EVERYBODY else set(MATRIX[name].split())

    assert opened == allowed, (address, statuses)
    assert set(statuses.values()) <= {200, 302, 403, 404, 405, 409}
    if name not in PUBLIC:
        assert (visitor.status_code, "/accounts/login/" in visitor.headers.get("Location", "")) == (302, True) or visitor.status_code in {404, 405}
    assert IssueEvent.objects.count() == events


def client_of(district: District, by: str) -> Client:
    return Driver(district, None).client(by)  # type: ignore[arg-type]

"""Every address × the cast, asked with GET, against a reviewed matrix (S01).

An address that is not in the matrix fails: whoever adds one says who may open it. The matrix lists who gets a page (200) or is
led on (302); everybody else gets 403, 404, 405 or 409, and visitors are sent to sign in unless the address is public. Looking
changes nothing.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enterprises.models import Chamber
from events.actions.files import add_files
from events.actions.topics import propose_topic
from issues.actions.summons import summon_unit
from issues.actions.supervision import supervise_issue
from issues.models import IssueEvent
from liaison.accounts.models import Duty
from liaison.files.checks import accept_upload
from liaison.moments import clock
from supervision.actions.keeping import set_consent
from supervision.models import Account
from tests.architecture.matrix import CAST, MATRIX, PUBLIC
from tests.factories.enterprises import PersonFactory
from tests.factories.events import invited, published
from tests.factories.issues import MONDAY, District, person, submitted, unit, walk
from tests.factories.supervision import batch_of, sent, supervisor
from tests.issues.supervision.orders import THURSDAY
from tests.issues.views.driver import Driver

OPENED = {200, 302}
REFUSED = {403, 404, 405, 409, 410}
NOTHING = "00000000-0000-4000-8000-000000000000"


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


@pytest.fixture
def place(district) -> tuple[District, dict[str, dict[str, Any]]]:
    """One of each thing, all of firm1 and the tax bureau, and what their addresses are built of."""
    issue = walk(district, submitted(district), "admit", "dispatch-alone", "accept")
    order = supervise_issue(issue, by=district["inspect1"], now=MONDAY, text="请报告。", until=THURSDAY)
    summons = summon_unit(issue, by=district["inspect1"], now=MONDAY, reason="久拖不决。", until=THURSDAY)
    Chamber.objects.create(code="machinery", name="机械装备商会", name_en="Machinery")
    appointment = supervisor(district, person=PersonFactory(username="supervisor"))
    body = unit("discipline", "区纪委监委", "discipline")
    district.people |= {
        "supervisor": appointment.person,
        "discipline1": person("discipline1", (body, Duty.DISCIPLINE_KEEPER)),
    }
    set_consent(appointment, by=appointment.person, now=MONDAY, is_public=True)
    account = Account.objects.create(appointment=appointment, year=2026, text="履职情况。", given_at=MONDAY)
    member = district.firm.representatives.get()
    firm = {
        "credit_code": district.firm.credit_code,
        "code": "machinery",
        "pk": member.pk,
        "name": "suspend",
        "public_id": NOTHING,
    }
    occasion = published(
        district,
        by_application=True,
        starts_at=clock.now() + timedelta(days=20),
        ends_at=clock.now() + timedelta(days=21),
        reply_by=clock.now() + timedelta(days=19),
    )
    invitation = invited(district, occasion)[0]
    topic = propose_topic(invitation, by=None, now=MONDAY, title="用地", text="何时供应?", once_key="0" * 32)
    paper = add_files(occasion, by=district["events1"], now=MONDAY, files=[accept_upload(SimpleUploadedFile("a.txt", b"a"))])[0]
    return district, {
        "events:invitation-step": {"slug": occasion.slug, "page": "decline", "pk": invitation.pk},
        "events:topic-step": {"slug": occasion.slug, "page": "assign", "pk": topic.pk},
        "events:file": {"slug": occasion.slug, "pk": paper.pk},
        "events:point": {"slug": occasion.slug, "number": 1},
        "events:": {"slug": occasion.slug, "page": "cancel", "pk": invitation.pk, "key": "x"},
        "invitation": {"token": invitation.token},
        "issues:": {
            "address": issue.address,
            "page": "answer",
            "pk": 1,
            "number": 1,
            "code": "01",
            "extension": "csv",
            "key": NOTHING,
        },
        "inspection:order": {"address": order.address, "page": "answer"},
        "inspection:": {"pk": summons.pk},
        "enterprises:": {**firm, "extension": "csv", "token": "x"},
        "supervision:batch-certificates": {"pk": appointment.batch_id},
        "supervision:batch": {"pk": batch_of(district).pk, "page": "add"},
        "supervision:account": {"pk": account.pk},
        "supervision:contact": {"pk": appointment.pk},
        "supervision:appointment": {"pk": appointment.pk, "page": "reissue"},
        "supervision:": {"key": sent(district, appointment).key, "page": "sort", "pk": 1},
        "certificate": {"code": appointment.certificates.get().code},
        "clocks:": {"kind": "general"},
        "account": {"uidb36": "1", "key": "1-abc"},
        "": {
            "username": "tax.head",
            "pk": district["tax.head"].postings.get().pk,
            "code": "tax",
            "key": "issues.daily_cap",
            "token": "x",
            "number": 2026,
        },
    }


def address_of(name: str, samples: dict[str, dict[str, Any]]) -> str:
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    wanted = resolver.reverse_dict.getlist(name.rsplit(":", 1)[-1])[0][0][0][1]
    values = next(values for prefix, values in samples.items() if name.startswith(prefix))
    return reverse(name, kwargs={key: values[key] for key in wanted})


def test_every_address_is_in_the_matrix():
    assert sorted(set(names(get_resolver()))) == sorted(MATRIX)


@pytest.mark.slow
def test_who_may_open_what(place):
    district, samples = place
    clients = {by: Driver(district, None).client(by) for by in CAST}
    events, faults = IssueEvent.objects.count(), []
    for name, allowed in MATRIX.items():
        address = address_of(name, samples)
        statuses = {by: client.get(address).status_code for by, client in clients.items()}
        opened = [by for by in CAST if statuses[by] in OPENED]
        if opened != [by for by in CAST if by in allowed.split() or allowed == "everybody"]:
            faults.append(f"{name}: opened to {' '.join(opened)}")
        if odd := {by: status for by, status in statuses.items() if status not in OPENED | REFUSED}:
            faults.append(f"{name}: {odd}")
        visitor = Client().get(address)
        led_in = visitor.status_code == 302 and "/accounts/login/" in visitor.headers["Location"]
        if name not in PUBLIC and not led_in and visitor.status_code not in REFUSED:
            faults.append(f"{name}: a visitor gets {visitor.status_code}")

    assert faults == []
    assert IssueEvent.objects.count() == events

"""Every kind of page that the cast can reach by links is HTML in order."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone

from enterprises.enums import Status
from liaison.accounts.models import User
from tests.factories.enterprises import ChamberFactory, EnterpriseFactory
from tests.factories.issues import District, make_district, submitted, walk
from tests.markup import faults_of, nu_checker, nu_faults

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CAST = (
    *("", "firm1", "stranger", "desk1", "caller1", "leader.main", "tax.liaison", "tax.handler", "tax.head"),
    *("admin.system", "admin.security", "admin.audit"),
)
ALIKE = ("/accounts/", "/rights/", "/accessibility/", "/me/")
"Pages that are the same for all who are signed in: one person opens them."
KINDS = {
    *("home-start", "home-work", "sign-in", "sign-up", "issue-list", "issue-detail", "issue-step", "issue-access", "issue-new"),
    *("enterprise-list", "enterprise-detail", "enterprise-edit", "enterprise-people", "enterprise-register", "enterprise-import"),
    *("chamber-list", "chamber-detail", "chamber-edit", "category-list", "category-edit", "inbox", "me", "second-factor"),
    *("people", "person", "duty-new", "units", "unit-form", "parameters", "parameter", "audit", "substitutes"),
    *("workdays-year", "workdays-versions", "workdays-edit-days", "workdays-edit-week", "workdays-edit-year"),
    "deadline-calculator",
}
"Some of all kinds: when one is not reached any more, the walk has lost its way."
STAGES = (
    *((), ("admit",), ("admit", "dispatch"), ("admit", "dispatch", "accept"), ("admit", "dispatch-alone", "accept", "answer")),
    ("admit", "dispatch-alone", "accept", "answer", "sign-off"),
    ("admit", "dispatch-alone", "accept", "answer", "sign-off", "evaluate-badly"),
)
EACH = {"/issues/*/": len(STAGES)}
"So many pages of one shape are opened by each person; a page of an issue is another one at each stage."


@pytest.fixture
def district() -> District:
    """An issue at each of the usual stages, firms at two, and a chamber."""
    d, now = make_district(), timezone.now()
    for steps in STAGES:
        walk(d, submitted(d, now), *steps, now=now)
    d.firm.memberships.create(chamber=ChamberFactory(), since_on="2022-01-17")
    EnterpriseFactory(status=Status.APPLIED)
    return d


def shape_of(path: str) -> str:
    """The address without what names one row."""
    path = re.sub(r"^(/people|/units|/parameters|/enterprises/chambers|/issues/categories)/(?!new/)[^/]+/", r"\1/*/", path)
    return re.sub(r"/(\d[\d-]*|[0-9A-Z]{18}|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)", "/*", path)


def links_of(text: str, base: str) -> Iterator[str]:
    """Addresses of the portal without their questions."""
    for link in re.findall(r'<a [^>]*href="([^"#?]+)', text):
        path = urljoin(base, link)
        if path.startswith("/") and not path.startswith("/static/"):
            yield path


def pages_of(client: Client, passed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What one person reaches from the start page: path and text of some pages of each shape."""
    ahead, known, opened = deque(["/"]), {"/"}, dict[str, int]()
    while ahead:
        path = ahead.popleft()
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, f"a link leads to {path}: {answer.status_code}"
        if not answer["Content-Type"].startswith("text/html"):
            continue
        yield path, answer.text
        for link in links_of(answer.text, answer.request["PATH_INFO"]):
            shape = shape_of(link)
            if link not in known and not link.startswith(passed) and opened.get(shape, 0) < EACH.get(shape, 1):
                known.add(link)
                opened[shape] = opened.get(shape, 0) + 1
                ahead.append(link)


def visit(name: str, language: str) -> Iterator[tuple[str, str]]:
    """The pages of one member of the cast; nobody is a visitor who is not signed in."""
    client = Client()
    if name:
        client.force_login(User.objects.get(username=name))
    client.cookies["django_language"] = language
    yield from pages_of(client, () if name in CAST[:2] else ALIKE)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("language", ["zh-hans"])
def test_pages_of_everybody_are_html_in_order(tmp_path, language):
    reached = set()
    for name in CAST:
        for number, (path, text) in enumerate(visit(name, language)):
            assert faults_of(text) == [], f"{path} of {name or 'a visitor'}"
            reached.update(re.findall(r'<main[^>]* data-page="([^"]+)"', text))
            (tmp_path / f"{name}{number}-{shape_of(path).strip('/').replace('/', '-')}.html").write_text(text)

    assert reached >= KINDS, KINDS - reached
    assert nu_checker() is None or nu_faults(tmp_path) == ""

"""Every kind of report × the cast: who finds it, who knows whose it is, who may sort and answer it."""

import re
from typing import Final

import pytest
import time_machine
from django.test import Client

from liaison.accounts.models import Duty
from liaison.notifications.models import Notification
from supervision.actions.keeping import declare_interest
from supervision.models import Interest, Report
from tests.factories.enterprises import PersonFactory
from tests.factories.issues import District, person, unit
from tests.factories.supervision import APPOINTED, drafted, sent, supervisor

CAST: Final = (
    "author", "supervisor2", "firm1", "firm2", "stranger", "desk1", "desk2", "caller1", "tax.head", "tax.handler", "leader1",
    "leader.main", "inspect1", "events1", "discipline1", "admin.system", "admin.security", "admin.audit",
)  # fmt: skip
ALL: Final = "desk1 desk2 leader.main inspect1"
UNKNOWN: Final = "00000000-0000-4000-8000-000000000000"
PAGES: Final = ("/", "/supervision/", "/supervision/reports/", "/supervision/reports/?q=办税", "/inbox/", "/issues/?q=办税")
MATRIX: Final[dict[str, tuple[str, str, str]]] = {
    # kind of report: who reads it, who of them knows whose it is, who may sort it
    "plain": (f"author {ALL}", f"author {ALL}", "desk1 desk2"),
    "anonymous": (f"author {ALL}", "author desk1 desk2", "desk1 desk2"),
    "set aside": ("author discipline1", "author discipline1", ""),
    "set aside, anonymous": ("author discipline1", "author discipline1", ""),
    "on the desk": (f"author {ALL}", f"author {ALL}", "inspect1"),
    "on the desk, anonymous": (f"author {ALL}", "author inspect1", "inspect1"),
    "on the inspection office, anonymous": (f"author {ALL}", "author desk1 desk2", "desk1 desk2"),
    "on an enterprise that the inspector declared": ("author desk1 desk2 leader.main",) * 2 + ("desk1 desk2",),
    "on an enterprise that the author declared afterwards": (ALL, ALL, "desk1 desk2"),
    "on one's own, set aside": ("firm1 discipline1", "firm1 discipline1", ""),
    "draft": ("author", "author", ""),
}


@pytest.fixture(autouse=True)
def appointed_day():
    with time_machine.travel(APPOINTED, tick=False):
        yield


@pytest.fixture
def place(district) -> tuple[District, dict[str, Report]]:
    d, row = district, supervisor(district, person=PersonFactory(username="author", name="楚望舒"))
    d.people |= {"author": row.person, "supervisor2": supervisor(d, person=PersonFactory(username="supervisor2")).person}
    d.people["discipline1"] = person("discipline1", (unit("discipline", "区纪委监委", "discipline"), Duty.DISCIPLINE_KEEPER))
    own = supervisor(d, person=d["firm1"])
    made = {
        "plain": sent(d, row),
        "anonymous": sent(d, row, anonymous=True),
        "set aside": sent(d, row, touches_integrity=True),
        "set aside, anonymous": sent(d, row, touches_integrity=True, anonymous=True, unit=d.units["desk"]),
        "on the desk": sent(d, row, unit=d.units["desk"]),
        "on the desk, anonymous": sent(d, row, unit=d.units["desk"], anonymous=True),
        "on the inspection office, anonymous": sent(d, row, unit=d.units["inspect"], anonymous=True),
        "on an enterprise that the inspector declared": sent(d, row, enterprise=d.firm),
        "on an enterprise that the author declared afterwards": sent(d, row, enterprise=d.other_firm),
        "on one's own, set aside": sent(d, own, enterprise=d.firm, touches_integrity=True),
        "draft": drafted(d, row),
    }
    declare_interest(row, by=row.person, now=APPOINTED, enterprise=d.other_firm, tie="competitor")
    tie = {"tie": "relative", "declared_by": d["inspect1"], "declared_at": APPOINTED}
    Interest.objects.create(person=d["inspect1"], enterprise=d.firm, **tie)
    return d, made


def test_who_reads_knows_and_sorts_a_report(place):
    d, made = place
    clients = {by: client_of(d, by) for by in CAST}
    lists = {by: client.get("/supervision/reports/").content.decode() for by, client in clients.items()}
    found = {kind: tuple(map(set, standing(report, clients, lists))) for kind, report in made.items()}

    assert found == {kind: tuple(set(names.split()) for names in wanted) for kind, wanted in MATRIX.items()}


def standing(report: Report, clients: dict[str, Client], lists: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Who reads it, who of them learns whose it is, who may sort it."""
    reads, knows, sorts = [], [], []
    for by, client in clients.items():
        answer = client.get(report.get_absolute_url(), follow=True)
        opened, page = answer.status_code == 200, answer.content.decode()
        assert (str(report.key) in lists[by]) == opened, by
        if opened:
            reads.append(by)
        if opened and (report.author.name in page or by == report.author.username):
            knows.append(by)
        elif opened:
            assert report.facts not in page, by
        if opened and client.get(f"/supervision/reports/{report.key}/sort/").status_code == 200:
            sorts.append(by)
    return reads, knows, sorts


def test_nobody_else_finds_a_word_of_what_is_set_aside(place):
    """Lists, counts, search, messages, error texts: the same as if it were not there."""
    d, made = place
    aside = [made["set aside"], made["set aside, anonymous"], made["on one's own, set aside"]]
    for by in [by for by in CAST if by not in {"author", "firm1", "discipline1"}]:
        client = client_of(d, by)
        said = "".join(client.get(page).content.decode() for page in PAGES)
        assert not any(str(report.key) in said for report in aside), by
        for page in ("", "sort/", "answer/", "photos/1/"):
            unknown = client.get(f"/supervision/reports/{UNKNOWN}/{page}")
            answers = [client.get(f"/supervision/reports/{report.key}/{page}") for report in aside]
            texts = [
                answer.content.decode().replace(str(report.key), UNKNOWN) for answer, report in zip(answers, aside, strict=True)
            ]
            assert {answer.status_code for answer in answers} == {404}, by
            assert [without_tokens(text) for text in texts] == [without_tokens(unknown.content.decode())] * 3, by
        listed, visible = client.get("/supervision/reports/"), Report.objects.visible_to(d[by])
        assert listed.status_code == 403 or listed.context["count"] == visible.count()
        assert not visible.filter(pk__in=[report.pk for report in aside]).exists()
        assert not Notification.objects.filter(recipient=d[by], context__report__in=[report.pk for report in aside]).exists()


def without_tokens(page: str) -> str:
    """A page but for what is new each time."""
    return re.sub(r'(nonce|name="csrfmiddlewaretoken" value|content)="[^"]{20,}"', "", page)


def test_nobody_of_the_unit_observed_is_told_to_sort(place):
    d, made = place
    told = Notification.objects.filter(kind="supervision_report_sent")

    def people(kind: str) -> set[str]:
        return set(told.filter(context__report=made[kind].pk).values_list("recipient__username", flat=True))

    assert people("plain") == {"desk1", "desk2"}
    assert people("on the desk, anonymous") == {"inspect1"}
    assert str(made["on the desk"].key) not in client_of(d, "desk1").get("/").content.decode()
    assert str(made["on the desk"].key) in client_of(d, "inspect1").get("/").content.decode()


def test_nothing_is_given_to_officials_of_the_unit_observed(place):
    d, made = place
    url = made["on the inspection office, anonymous"].get_absolute_url()
    desk = client_of(d, "desk1")

    page = desk.get(f"{url}sort/").content.decode()

    assert 'value="inspection"' not in page
    assert 'value="leader"' in page
    assert desk.post(f"{url}sort/", {"sorting": "inspection", "text": "请核实。"}).status_code == 400


def test_the_inspection_office_sorts_what_is_about_the_desk(place):
    d, made = place
    report = made["on the desk, anonymous"]
    url, inspector = report.get_absolute_url(), client_of(d, "inspect1")

    done = inspector.post(f"{url}sort/", {"sorting": "inspection", "text": "请核实。"})
    answered = inspector.post(f"{url}answer/", {"text": "已核实整改。"})

    report.refresh_from_db()
    assert (done.status_code, answered.status_code, report.stage) == (302, 302, "answered")
    assert client_of(d, "desk1").get(f"{url}answer/").status_code in {403, 409}


def test_the_discipline_body_does_not_examine_itself(place):
    d, _made = place
    body = d["discipline1"].postings.get().unit
    draft = drafted(d, d["author"].supervisor_appointments.get(), unit=body, touches_integrity=True)

    answer = client_of(d, "author").post(f"{draft.get_absolute_url()}check/")

    draft.refresh_from_db()
    assert (answer.status_code, draft.stage) == (400, "draft")
    assert "12388" in answer.content.decode()


def client_of(d: District, by: str) -> Client:
    client = Client()
    client.force_login(d[by], backend="liaison.accounts.backends.SignInBackend")
    return client

"""Pages of the register and of certificates."""

import pytest
import time_machine
from django.test import Client

from supervision.actions.keeping import dismiss_supervisor, reissue_certificate, set_consent
from supervision.models import Appointment, Batch
from tests.factories.enterprises import PersonFactory
from tests.factories.issues import MONDAY
from tests.factories.supervision import APPOINTED, announced, batch_of, supervisor
from tests.issues.views.driver import Driver

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(district):
    return lambda by: Driver(district, None).client(by)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="liaison.accounts.backends.SignInBackend")
    return client


@time_machine.travel(MONDAY, tick=False)
def test_the_desk_begins_a_list_fills_and_announces_it(as_):
    desk, person = as_("desk1"), PersonFactory(username="newcomer")
    begun = desk.post("/supervision/batches/new/", {"title": "首届监督员", "from_on": "2026-09-15", "to_on": "2029-09-14"})
    url = begun.headers["Location"]
    added = desk.post(f"{url}add/", {"person": "newcomer", "field": "税费服务", "workplace": "某公司经理"})
    told = desk.post(f"{url}announce/")

    assert (begun.status_code, added.status_code, told.status_code) == (302, 302, 302)
    assert Batch.objects.get().stage == "announced"
    assert Appointment.objects.get().person == person
    assert person.name in Client().get("/supervision/").content.decode()


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_on": "2029-09-15"}, "聘期最长3年"),
        ({"to_on": "2026-09-14"}, "聘期届满早于开始"),
        ({"from_on": "2026-09-06"}, "不能聘任到已经过去的日期"),
        ({"to_on": "9999-12-31"}, "聘期最长3年"),
    ],
)
def test_a_wrong_term_gets_its_sentence(as_, changes, words):
    fields = {"title": "首届监督员", "from_on": "2026-09-15", "to_on": "2029-09-14", **changes}

    answer = as_("desk1").post("/supervision/batches/new/", fields)

    assert answer.status_code == 400
    assert words in answer.content.decode()


@time_machine.travel(MONDAY, tick=False)
def test_whoever_cannot_be_listed_is_told_why(district, as_):
    serving = supervisor(district).person
    url = batch_of(district).get_absolute_url()

    def said(username: str) -> str:
        answer = as_("desk1").post(f"{url}add/", {"person": username, "field": "审批", "workplace": "某公司"})
        assert answer.status_code == 400
        return answer.content.decode()

    assert "聘期重叠" in said(serving.username)
    assert "被监督对象不能担任监督员" in said("tax.head")
    assert "没有此用户名" in said("nobody.here")


@time_machine.travel(MONDAY, tick=False)
def test_appointing_before_the_announcement_ends_is_refused_with_its_day(district, as_):
    url = announced(district, PersonFactory()).get_absolute_url()

    answer = as_("desk1").post(f"{url}appoint/")

    assert answer.status_code == 409
    assert "公示期至2026年9月14日" in answer.content.decode()
    assert "公示期至2026年9月14日" in as_("desk1").get(url).content.decode()


@time_machine.travel(APPOINTED, tick=False)
def test_a_supervisor_sees_their_own_page_and_declares(district, as_):
    row = supervisor(district)
    client, url = client_of(row.person), row.get_absolute_url()

    wrong = client.post(f"{url}interest/", {"enterprise": "查无此公司", "tie": "relative"})
    done = client.post(f"{url}interest/", {"enterprise": district.firm.credit_code, "tie": "relative"})

    assert "没有此代码或名称的企业" in wrong.content.decode()
    assert done.status_code == 302
    assert district.firm.name in client.get(url).content.decode()
    assert client_of(supervisor(district).person).get(url).status_code == 404
    assert client.get(f"{url}dismiss/").status_code == 403


@time_machine.travel(APPOINTED, tick=False)
def test_the_public_page_says_what_a_certificate_is_worth(district):
    row = supervisor(district)
    first = row.certificates.get()

    def page(certificate) -> str:
        answer = Client().get(certificate.get_absolute_url())
        assert answer.status_code == 200
        return answer.content.decode()

    assert "此聘书真实有效" in page(first)
    assert row.number in page(first)
    second = reissue_certificate(row, by=district["desk1"], now=APPOINTED, reason="遗失")
    assert "已补发新聘书" in page(first)
    assert "此聘书真实有效" in page(second)
    with time_machine.travel(APPOINTED.replace(year=2029, month=9, day=15), tick=False):
        assert "聘期已满" in page(second)
    dismiss_supervisor(row, by=district["desk1"], now=APPOINTED, ground="left", reason="迁居外地")
    assert "已撤销" in page(second)
    assert "迁居外地" not in page(second)


@pytest.mark.parametrize("altered", ["x" * 24, "%00", "a b", "x" * 500, "证"])
def test_an_unknown_or_altered_code_is_told_clearly(altered):
    answer = Client().get(f"/certificates/{altered}/")

    assert answer.status_code == 404
    assert "从未颁发过此验证码的聘书" in answer.content.decode()


@time_machine.travel(APPOINTED, tick=False)
def test_the_public_list_names_only_who_agreed(district):
    named, unnamed = supervisor(district), supervisor(district)
    set_consent(named, by=named.person, now=APPOINTED, is_public=True)

    page = Client().get("/supervision/").content.decode()

    assert named.number in page
    assert unnamed.person.name not in page
    assert named.workplace not in page


@time_machine.travel(APPOINTED, tick=False)
def test_a_visitor_writes_to_a_supervisor_who_agreed_and_to_nobody_else(district):
    named, unnamed = supervisor(district), supervisor(district)
    set_consent(named, by=named.person, now=APPOINTED, is_public=True)
    letter = {"name": "王女士", "reach": "13900000000", "text": "想反映窗口排队的情况。"}
    url = "/supervision/appointments/{}/contact/"

    empty = Client().post(url.format(named.pk), {**letter, "text": ""})
    done = Client().post(url.format(named.pk), letter)
    statuses = [Client().post(url.format(named.pk), letter).status_code for _ in range(5)]

    assert (empty.status_code, done.status_code) == (400, 302)
    assert statuses[-1] == 429
    assert Client().get(url.format(unnamed.pk)).status_code == 404
    assert "想反映窗口排队的情况" in client_of(named.person).get(named.get_absolute_url()).content.decode()
    assert "想反映窗口排队的情况" not in Driver(district, None).client("desk1").get(named.get_absolute_url()).content.decode()

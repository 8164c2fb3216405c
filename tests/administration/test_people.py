"""The security administrator's work over HTTP."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from liaison.accounts.models import Duty, Posting, Substitution, User
from liaison.audit.models import AuditEntry, AuditTag
from liaison.notifications.delivery import deliver_due
from tests.people import PASSWORD, official, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    """Signed in a moment ago, so that changes are allowed."""
    user = official(Duty.SECURITY_ADMIN, username="admin.security")
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def test_a_new_account_chooses_its_password_by_a_link(admin):
    form = {"username": "tax.new", "name": "新同志", "email": "new@example.cn", "phone": ""}
    assert admin.post("/people/new/", form)["Location"] == "/people/tax.new/"
    deliver_due()
    assert not User.objects.get(username="tax.new").has_usable_password()
    assert [m.to for m in mail.outbox] == [["new@example.cn"]]


@pytest.mark.parametrize(
    "changes", [{"username": "new"}, {"username": "ADMIN.security"}, {"email": ""}, {"email": "taken@example.cn"}, {"name": ""}]
)
def test_a_bad_new_account_is_explained(admin, changes):
    person(email="taken@example.cn")
    answer = admin.post("/people/new/", {"username": "tax.new", "name": "x", "email": "new@example.cn", **changes})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == list(changes)


def test_a_change_asks_for_the_password_again_after_a_while(admin, settings):
    person("li")
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)):
        answer = admin.post("/people/li/switch/", {"active": "0"})
        assert answer["Location"].startswith("/accounts/reauthenticate/")
        assert User.objects.get(username="li").is_active
        admin.post(answer["Location"], {"password": PASSWORD})
        admin.post("/people/li/switch/", {"active": "0"})
    assert not User.objects.get(username="li").is_active


def test_a_duty_is_given_and_recorded_as_a_change_of_rights(admin):
    person("li")
    unit("tax")
    form = {"unit": "tax", "duty": "handler", "from_on": "2026-01-01", "to_on": ""}
    assert admin.post("/people/li/duties/new/", form).status_code == 302
    entry = AuditEntry.objects.get(tag=AuditTag.RIGHTS_CHANGED)
    assert (entry.actor.username, entry.subject, entry.detail["duty"]) == ("admin.security", "li", "handler")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"from_on": "2026-02-01", "to_on": "2026-01-01"}, "to_on"),
        ({"unit": "nowhere"}, "unit"),
        ({"duty": "king"}, "duty"),
        ({"from_on": "soon"}, "from_on"),
        ({"duty": "audit_admin"}, "duty"),
        ({"duty": "head"}, None),
    ],
)
def test_a_bad_duty_is_explained(admin, form, field):
    where = unit("tax")
    Posting.objects.create(user=person("li"), unit=where, duty=Duty.HEAD, from_on=date(2020, 1, 1))
    answer = admin.post(
        "/people/li/duties/new/", {"unit": "tax", "duty": "handler", "from_on": "2026-01-01", "to_on": "", **form}
    )
    assert answer.status_code == 400
    assert (field or "__all__") in answer.context["form"].errors


def test_nobody_changes_their_own_duties(admin):
    unit("tax")
    form = {"unit": "tax", "duty": "security_admin", "from_on": "2026-01-01", "to_on": ""}
    assert admin.post("/people/admin.security/duties/new/", form).status_code == 400


@pytest.mark.parametrize(
    ("absent", "days", "field", "words"),
    [
        ("wang", (0, 5), "substitute", "循环代理"),
        ("zhao", (5, 9), "substitute", "循环代理"),
        ("li", (5, 0), "to_on", "早于"),
    ],
)
def test_a_circle_or_a_reversed_period_is_explained_beside_its_field(admin, absent, days, field, words):
    li, wang, zhao = (official(Duty.HANDLER, username=name) for name in ("li", "wang", "zhao"))
    today = timezone.localdate()
    for away, there in ((li, wang), (wang, zhao)):
        Substitution.objects.create(absent=away, substitute=there, from_on=today, to_on=today + timedelta(days=6))
    first, last = ((today + timedelta(days=n)).isoformat() for n in days)

    form = {"substitute": "zhao" if absent == "li" else "li", "from_on": first, "to_on": last}
    answer = admin.post(f"/people/{absent}/substitutes/new/", form)

    assert answer.status_code == 400
    assert words in answer.context["form"].errors[field][0]
    assert Substitution.objects.count() == 2


def test_a_substitute_is_named_and_ended(admin):
    li, wang = official(Duty.HEAD, username="li"), official(Duty.HANDLER, username="wang")
    today = timezone.localdate()
    form = {"substitute": "wang", "from_on": today.isoformat(), "to_on": (today + timedelta(days=5)).isoformat()}
    admin.post("/people/li/substitutes/new/", form)
    row = Substitution.objects.get(absent=li, substitute=wang)
    admin.post(f"/substitutes/{row.pk}/end/")
    assert not Substitution.objects.on(today).exists()


def test_a_head_names_substitutes_only_within_the_unit(client):
    tax, env = unit("tax"), unit("env")
    client.force_login(official(Duty.HEAD, tax, username="tax.head"))
    official(Duty.HANDLER, tax, username="tax.handler")
    official(Duty.HANDLER, tax, username="tax.handler2")
    official(Duty.HANDLER, env, username="env.handler")
    form = {"absent": "tax.handler", "from_on": "2026-11-01", "to_on": "2030-01-01"}
    assert client.post("/substitutes/", {**form, "substitute": "env.handler"}).status_code == 400
    assert client.post("/substitutes/", {**form, "substitute": "tax.handler2"}).status_code == 302
    foreign = Substitution.objects.create(
        absent=User.objects.get(username="env.handler"), substitute=person(), from_on="2026-11-01", to_on="2030-01-01"
    )
    assert client.post(f"/substitutes/{foreign.pk}/end/").status_code == 404


def test_the_list_finds_by_name_unit_duty_and_state(admin):
    official(Duty.HANDLER, unit("tax"), username="tax.handler")
    person("gone", is_active=False)

    def found(query):
        return [row.username for row in admin.get(f"/people/?{query}").context["page"]]

    assert found("q=handler") == ["tax.handler"]
    assert found("unit=tax&duty=handler") == ["tax.handler"]
    assert found("state=off") == ["gone"]
    assert found("after=forged") == ["admin.security", "gone", "tax.handler"]


def test_the_list_needs_the_same_queries_however_many(admin, django_assert_max_num_queries):
    for _ in range(20):
        official(Duty.HANDLER)
    with django_assert_max_num_queries(14):
        admin.get("/people/")

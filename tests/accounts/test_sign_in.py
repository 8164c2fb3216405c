"""Signing in over HTTP (S04 to S10)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from liaison.accounts.models import SignInFailure, User
from liaison.audit.models import AuditEntry, AuditTag
from liaison.notifications.delivery import deliver_due
from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, login="desk1", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def tags(*wanted):
    return list(AuditEntry.objects.filter(tag__in=wanted).order_by("pk").values_list("tag", "subject"))


@pytest.mark.parametrize("login", ["desk1", "DESK1", " desk1 ", "li@example.cn", "LI@example.cn"])
def test_by_user_name_or_confirmed_address(client, login):
    person("desk1", email="li@example.cn")
    assert sign_in(client, login).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_gives_400_and_one_sentence(client):
    person("desk1")
    answer = sign_in(client, password="wrong")
    assert answer.status_code == 400
    assert "用户名或密码不正确" in answer.content.decode()
    assert tags(AuditTag.SIGN_IN_FAILED) == [("sign_in_failed", "desk1")]


def test_known_and_unknown_names_get_the_same_answers_and_locks(client):
    """S09: no enumeration."""
    person("desk1")
    known = [sign_in(client, password="wrong") for _ in range(7)]
    unknown = [sign_in(client, "nobody", "wrong") for _ in range(7)]

    def words(answer):
        text = re.sub(r"csrf\w+\" value=\"[^\"]+\"|desk1|nobody", "", answer.content.decode())
        return answer.status_code, text

    assert [words(answer) for answer in known] == [words(answer) for answer in unknown]


def test_what_an_unknown_visitor_typed_is_not_kept(client):
    sign_in(client, "my-secret-password", "x")
    assert not AuditEntry.objects.filter(subject__contains="secret").exists()


def test_the_lock_says_when_to_try_again_and_refuses_the_right_password(client, settings):
    person("desk1")
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert answer.status_code == 400
    assert re.search(r"\d\d:\d\d", answer.content.decode())
    assert tags(AuditTag.SIGN_IN_LOCKED) == [("sign_in_locked", "desk1")]
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS + 1)):
        assert sign_in(client).status_code == 302


def test_a_success_forgets_the_accounts_failures(client):
    person("desk1")
    for _ in range(4):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not SignInFailure.objects.filter(key__startswith="account:").exists()


def test_many_accounts_from_one_address_are_locked(client, settings):
    """S07, S08: spraying."""
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 10
    for number in range(10):
        sign_in(client, f"user{number}", "wrong")
    person("desk1")
    assert sign_in(client).status_code == 400
    assert sign_in(client, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_forged_forwarding_header_has_no_effect(client, settings):
    """S07."""
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 10
    for number in range(12):
        sign_in(client, f"user{number}", "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert SignInFailure.objects.get(key="address:127.0.0.1").failures > 10


def test_behind_a_proxy_of_ours_the_last_hop_counts(client, settings):
    settings.PROXIES = 1
    sign_in(client, "nobody", "wrong", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9")
    assert SignInFailure.objects.filter(key="address:203.0.113.9").exists()


def test_the_session_key_changes_at_sign_in_and_dies_at_sign_out(client):
    """S04."""
    person("desk1")
    client.get(LOGIN)
    sign_in(client)
    key = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = key
    assert client.get("/me/").status_code == 302


def test_an_idle_session_ends_with_a_reason(client, settings):
    """S05."""
    person("desk1")
    sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS + 61)):
        answer = client.get("/me/?a=1")
        assert answer["Location"] == f"{LOGIN}?ended=idle&next=%2Fme%2F%3Fa%3D1"
        assert "较长时间没有操作" in client.get(answer["Location"]).content.decode()


def test_a_busy_session_ends_after_its_longest_time(client, settings):
    """S05."""
    settings.SESSION_COOKIE_AGE = 10**6
    person("desk1")
    sign_in(client)
    start = timezone.now()
    for minutes in range(20, 12 * 60 + 20, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            answer = client.get("/me/")
    assert "ended=long" in answer["Location"]


def test_htmx_is_sent_to_the_whole_page(client, settings):
    person("desk1")
    sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS + 61)):
        assert client.get("/me/", HTTP_HX_REQUEST="true")["HX-Redirect"].startswith(LOGIN)


def test_who_is_switched_off_is_refused_at_the_next_request(client):
    """S05."""
    user = person("desk1")
    sign_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/me/")["Location"].startswith(LOGIN)
    assert sign_in(client)["Location"] == reverse("account_inactive")


def test_a_changed_password_ends_other_sessions(client):
    """S05."""
    person("desk1")
    sign_in(client)
    other = type(client)()
    sign_in(other)
    new = "another-horse-77"
    assert (
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code
        == 302
    )
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"])
def test_no_way_out_to_other_hosts(client, target, settings):
    """S10."""
    settings.ALLOWED_HOSTS = ["testserver"]
    person("desk1")
    answer = client.post(f"{LOGIN}?next={target}", {"login": "desk1", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def open_account(client, **changes):
    form = {"username": "zhang", "name": "张三", "phone": "13800000000", "email": "", "password1": "long-enough-pw-1"}
    form |= changes
    return client.post("/accounts/signup/", {"password2": form["password1"], **form})


def test_somebody_of_a_firm_opens_an_account_and_is_in(client):
    assert open_account(client).status_code == 302
    user = User.objects.get(username="zhang")
    assert (user.name, user.phone, user.email) == ("张三", "13800000000", "")
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "ZHANG2"},
        {"username": "a@b.cn"},
        {"username": "x"},
        {"name": "张\u202e三"},
        {"name": "<b>"},
        {"name": ""},
        {"phone": "call me"},
        {"password1": "short"},
        {"password1": "password1234"},
        {"password1": "123456789012345"},
        {"password2": "different-one-22"},
        {"email": "nonsense"},
    ],
)
def test_a_bad_sign_up_is_explained_in_chinese(client, changes):
    person("zhang2")
    answer = open_account(client, **changes)
    assert answer.status_code == 400
    errors = " ".join(chain(*answer.context["form"].errors.values())).replace("Email", "")
    assert re.search(r"[\u4e00-\u9fff]", errors)
    assert not re.search(r"[a-zA-Z]{4,}", errors)


@pytest.mark.parametrize("extra", [{"is_staff": "1"}, {"is_active": ""}, {"duty": "desk"}, {"pk": "1"}])
def test_extra_fields_are_ignored(client, extra):
    """S02."""
    open_account(client, **extra)
    assert User.objects.get(username="zhang").is_active


def link_in(message):
    return re.search(r"http://[^/]+(/\S+)", message.body)[1]


def test_an_address_counts_only_after_its_owner_followed_the_link(client):
    open_account(client, email="Zhang@Example.cn")
    deliver_due()
    user = User.objects.get(username="zhang")
    assert (user.email, user.pending_email) == ("", "zhang@example.cn")
    link = link_in(mail.outbox[0])
    client.get(link)
    assert User.objects.get(username="zhang").email == ""
    client.post(link)
    assert User.objects.get(username="zhang").email == "zhang@example.cn"
    assert client.post(link).status_code == 410


def test_a_taken_address_is_not_told_to_the_visitor_but_to_its_owner(client):
    """S09."""
    person("owner", email="zhang@example.cn")
    assert open_account(client, email="zhang@example.cn").status_code == 302
    deliver_due()
    assert "owner" in mail.outbox[0].body
    assert "/accounts/confirm/" not in mail.outbox[0].body


def test_a_forgotten_password(client):
    person("desk1", email="li@example.cn")
    answers = [client.post("/accounts/password/reset/", {"email": email}) for email in ("li@example.cn", "nobody@example.cn")]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/accounts/password/reset/done/")] * 2
    deliver_due()
    assert [m.to for m in mail.outbox] == [["li@example.cn"]]
    form = client.get(link_in(mail.outbox[0]), follow=True)
    new = "another-horse-77"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(client, password=new).status_code == 302
    assert client.get(link_in(mail.outbox[0])).status_code in {200, 400}
    assert ("password_changed", "desk1") in tags(AuditTag.PASSWORD_CHANGED)


def test_the_language_a_person_chose_comes_with_them(client):
    user = person("desk1")
    sign_in(client)
    client.post("/i18n/setlang/", {"language": "en", "next": "/me/"})
    user.refresh_from_db()
    assert user.language == "en"
    other = type(client)()
    sign_in(other)
    assert "My page" in other.get("/me/").content.decode()


@pytest.mark.parametrize(
    "page", ["login", "signup", "password/reset", "password/reset/done", "inactive", "password/reset/key/1-abc"]
)
def test_pages_for_visitors_speak_chinese_only(client, page):
    text = client.get(f"/accounts/{page}/").content.decode()
    main = re.search(r"<main.*</main>", text, re.DOTALL)[0]
    words = re.sub(r"<[^>]+>|liaison-demo|firm1|desk1|tax\.head|leader1|Liaison", " ", main)
    assert not re.findall(r"[A-Za-z]{3,}", words)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_wrong_tries_look_at_the_password_five_times(client):
    """S07: also when the right one is among them, no more than the limit is ever compared."""
    person("desk1")

    def attempt(_number):
        try:
            return sign_in(type(client)(), password="wrong", REMOTE_ADDR=f"203.0.113.{_number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(attempt, range(100))) == {400}
    assert len(tags(AuditTag.SIGN_IN_FAILED)) == 5
    assert len(tags(AuditTag.SIGN_IN_LOCKED)) == 1

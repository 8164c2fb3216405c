"""The start page, the refusals, and the frame around every page."""

import re

import pytest
from django.core.exceptions import BadRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from liaison.accounts.models import User
from liaison.ui import views
from liaison.ui.middleware import LostRaceMiddleware
from liaison.workflow import Step, StepNotOpen
from tests.factories.enterprises import PersonFactory
from tests.markup import faults_of, nu_checker, nu_faults

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.gallery")]


class Act:
    actor = "李四(税务局)"
    at = timezone.now()


class Matter:
    stage = "answered"
    last_act = Act()

    def get_absolute_url(self):
        return "/issues/2022-36/"


def lost_race(user, typed=None, reason=None, matter=None):
    request = RequestFactory().post("/issues/2022-36/answer/", typed or {})
    request.user, request.session, request._messages = user, {}, []
    step = Step("answer", frozenset(), ("answered",), lambda *_: True, "答复")
    return LostRaceMiddleware(lambda _request: None).process_exception(request, StepNotOpen(step, matter or Matter(), reason))


def test_start_page_is_public(client):
    response = client.get("/")

    assert response.status_code == 200
    assert 'data-page="home-start"' in response.text
    assert "<title>沿滩区 · 政企直通</title>" in response.text


def test_signed_in_start_page_is_my_work(client):
    client.force_login(PersonFactory(name="王小明"))

    response = client.get("/")

    assert 'data-page="home-work"' in response.text
    assert "王小明" in response.text


@pytest.mark.parametrize(("language", "lang", "words"), [("zh-hans", "zh-Hans", "四步"), ("en", "en", "four steps")])
def test_page_says_which_language_it_is_in(client, language, lang, words):
    client.cookies["django_language"] = language

    text = client.get("/").text

    assert f'<html lang="{lang}">' in text
    assert words in text


def test_language_is_switched_without_script_and_remembered_for_the_person(client):
    user = PersonFactory()
    client.force_login(user)

    response = client.post("/i18n/setlang/", {"language": "en", "next": "/accessibility/"})

    assert response["Location"] == "/accessibility/"
    assert User.objects.get(pk=user.pk).language == "en"


def test_visitor_may_switch_the_language(client):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "//elsewhere.example/"})

    assert response["Location"] == "/"
    assert "Say what your firm needs" in client.get("/").text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", ["/", "/accessibility/", "/nowhere/", "/gallery/", "/gallery/?wrong=1", "/accounts/login/"])
def test_markup_is_in_order(client, path, language):
    client.cookies["django_language"] = language

    assert faults_of(client.get(path).text) == []


@pytest.mark.slow
@pytest.mark.skipif(nu_checker() is None, reason="the W3C's checker (vnu-jar and Java) is not on this machine")
def test_the_w3c_checker_finds_nothing(client, tmp_path):
    for number, path in enumerate(["/", "/accessibility/", "/nowhere/", "/gallery/", "/gallery/?wrong=1"]):
        (tmp_path / f"{number}.html").write_text(client.get(path).text)
    (tmp_path / "500.html").write_text(views.server_error(RequestFactory().get("/")).text)

    assert nu_faults(tmp_path) == ""


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/gallery/"])
def test_nothing_inline_is_allowed_or_needed(client, path):
    policy = client.get(path)["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_unknown_address_is_404_and_says_what_to_do(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "请先登录" in response.text


def test_expired_form_gives_the_typed_words_back():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"body": "路灯 <b>坏了</b>", "password": "geheim"})

    assert response.status_code == 403
    assert "路灯 &lt;b&gt;坏了&lt;/b&gt;" in response.text
    assert "geheim" not in response.text


def test_forbidden_page_names_the_way_out():
    request = RequestFactory().get("/people/")
    request.user, request.session, request._messages = PersonFactory(), {}, []

    response = views.forbidden(request, Exception())

    assert response.status_code == 403
    assert 'data-page="ui-forbidden"' in response.text


def test_unreadable_request_is_answered_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.bad_request(RequestFactory().get("/"), BadRequest("secret"))

    assert response.status_code == 400
    assert "secret" not in response.text


def test_own_failure_is_told_without_the_database_and_without_detail(client):
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert "系统出了问题" in response.text
    assert "secret detail" not in response.text
    assert faults_of(response.text) == []


def test_lost_race_says_who_was_first_and_gives_the_words_back():
    response = lost_race(PersonFactory(), {"text": "第一行\n<b>第二行</b>", "outcome": "solved"})

    assert response.status_code == 409
    assert re.search(r"已由 李四\(税务局\) 于 <time datetime=\S+>[^<]+</time> 处理", response.text)
    assert "&lt;b&gt;第二行" in response.text
    assert 'href="/issues/2022-36/"' in response.text
    assert faults_of(response.text) == []


def test_lost_race_of_a_matter_without_history_still_explains():
    class Bare:
        stage = "answered"

    response = lost_race(PersonFactory(), reason="需先登记联系企业。", matter=Bare())

    assert "需先登记联系企业。" in response.text
    assert 'href="/"' in response.text


def test_other_exceptions_are_not_ours():
    assert LostRaceMiddleware(lambda _request: None).process_exception(RequestFactory().get("/"), ValueError()) is None

"""Text messages by a provider that the settings describe; errors inside a 200, numbers that do not exist (TC38, T15)."""

import json
import os
import subprocess
import sys
from urllib.parse import parse_qs

import pytest

from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, ChannelChoice, Delivery, DeliveryState, Notification, RefusedAddress
from liaison.notifications.rendering import register
from liaison.notifications.sms import mobile_of
from tests.notifications.conftest import sms_of
from tests.notifications.provider import Said
from tests.people import person
from tests.settings.test_start import TRY_ALL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]


@pytest.fixture
def li():
    user = person("li", phone="138 0000-1234")
    ChannelChoice.objects.create(user=user, group="other", channel=Channel.SMS, wanted=True)
    return user


def tell(*people, key="k", **more):
    notify(Notice("sealed", key, people, **more))
    while deliver_due():
        pass


def text() -> Delivery:
    return Delivery.objects.get(channel=Channel.SMS)


def test_what_is_chosen_is_sent(sms, li):
    tell(li)

    [(path, headers, _body)] = sms.asked
    [body] = sms.bodies
    assert (path, headers["Authorization"]) == ("/sms", "Bearer k-123")
    assert (body["phone"], body["sign"], body["template"]) == ("13800001234", "沿滩政企", "T1")
    assert body["id"] == text().message_id.hex
    assert body["text"].endswith(" http://127.0.0.1:8000/inbox/")
    assert len(body["text"]) <= 70
    assert text().state == DeliveryState.SENT


def test_nobody_gets_texts_who_did_not_ask(sms):
    tell(person(phone="13800001234"))
    assert sms.asked == []


def test_a_form_and_another_way_to_say_yes(settings, provider, li):
    settings.SMS = sms_of(provider.url, body="mobile={phone}&content=【{sign}】{text}", ok=("Response.Code", frozenset({"OK"})))
    provider.says(Said({"Response": {"Code": "OK"}}))
    tell(li)

    fields = parse_qs(provider.asked[0][2].decode())
    assert fields["mobile"] == ["13800001234"]
    assert fields["content"][0].startswith("【沿滩政企】")
    assert text().state == DeliveryState.SENT


def test_a_long_subject_is_cut_and_a_text_adds_no_field(settings, provider, li):
    register("sealed", lambda rows: {row.pk: {"url": "/issues/2022-36/"} for row in rows})
    settings.SMS = sms_of(provider.url)
    settings.PORTAL_URL = "https://portal.example.cn"
    li.language = "en"
    li.save()
    tell(li)

    [body] = provider.bodies
    assert body["text"] == "You have a message in the p… https://portal.example.cn/issues/2022-36/"
    assert len(body["text"]) == 70
    assert sorted(body) == ["id", "phone", "sign", "template", "text"]


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        (Said({"code": 1001, "msg": "13800001234 is no number"}), DeliveryState.FAILED, "sms 1001"),
        (Said({"code": 1002}), DeliveryState.CREATED, "sms 1002"),
        (Said({"code": 1003}), DeliveryState.FAILED, "sms 1003"),
        (Said({"code": 77}), DeliveryState.CREATED, "sms 77"),
        (Said("ok"), DeliveryState.CREATED, "the answer is not JSON"),
        (Said({"code": 0}, 503), DeliveryState.CREATED, "HTTP 503"),
        (Said({"code": 0}, 400), DeliveryState.FAILED, "HTTP 400"),
        (Said(manner="reset"), DeliveryState.CREATED, "network: "),
    ],
)
def test_an_error_inside_a_200_is_a_failure(sms, li, said, state, words):
    """TC38."""
    sms.says(said)
    tell(li)

    assert (text().state, text().error[: len(words)]) == (state, words)
    assert "138" not in text().error


def test_a_number_that_does_not_exist_gets_nothing_more_until_it_is_changed(sms, li):
    """T15."""
    sms.says(Said({"code": 1001}))
    tell(li)
    tell(li, key="2")
    assert len(sms.asked) == 1
    assert RefusedAddress.objects.get().error == "sms 1001"
    assert Notification.objects.filter(recipient=li, kind="account_address_refused", delivered_at__isnull=False).count() == 1

    li.phone = "13900001234"
    li.save()
    sms.says(Said({"code": 0}))
    tell(li, key="3")
    assert len(sms.asked) == 2


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("138 0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("+49 171 1234567", "+491711234567"),
        ("0813-1234567", ""),
        ("12345", ""),
        ("+8612345", ""),
        ("138000012345", ""),
        ("１３８００００１２３４", ""),
        ("", ""),
    ],
)
def test_what_is_a_mobile_number(typed, number):
    found = mobile_of(typed)
    assert found == number or (found.isdigit() and typed.startswith("１"))


REFUSED = [
    ("LIAISON_SMS_URL", "http://sms.example.cn/", "LIAISON_SMS_URL"),
    ("LIAISON_SMS_URL", "sms.example.cn", "LIAISON_SMS_URL"),
    ("LIAISON_SMS_BODY", "{phone", "LIAISON_SMS_BODY"),
    ("LIAISON_SMS_BODY", '{"to": "{phone}"}', "LIAISON_SMS_BODY"),
    ("LIAISON_SMS_OK", "code", "LIAISON_SMS_OK"),
    ("LIAISON_SMS_HEADERS", "no colon", "LIAISON_SMS_HEADERS"),
    ("LIAISON_ROBOT_GATEWAYS", "http://robots.example.cn", "LIAISON_ROBOT_GATEWAYS"),
]


@pytest.fixture(scope="module")
def answers():
    """One process tries all of them: a failed import leaves nothing behind."""
    usual = {"LIAISON_SMS_URL": "https://sms.example.cn/", "LIAISON_DEMO": "1", "LIAISON_SECRET_KEY": "x"}
    tried = json.dumps([{name: value} for name, value, _words in REFUSED])
    command = [sys.executable, "-c", TRY_ALL]
    done = subprocess.run(command, env=os.environ | usual, input=tried, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[f"{name}={value}" for name, value, _words in REFUSED])
def test_a_setting_that_cannot_work_refuses_to_start(answers, number):
    assert answers[number].startswith("ImproperlyConfigured ")
    assert REFUSED[number][2] in answers[number]

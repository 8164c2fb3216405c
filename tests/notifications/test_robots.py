"""Group robots: three protocols, their errors inside a 200, and addresses that lead elsewhere (TC38, S19, S21)."""

import base64
import hashlib
import hmac
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from liaison.accounts.models import Duty
from liaison.notifications import outside
from liaison.notifications.actions import Notice, notify
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, Delivery, DeliveryState, Robot
from liaison.notifications.models.ways import ROBOTS
from liaison.notifications.outcomes import Undeliverable
from liaison.notifications.rendering import register
from liaison.notifications.robots import check_address
from tests.notifications.provider import Said
from tests.people import official, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]


def tell(group, *others, key="k", **more):
    notify(Notice("sealed", key, [group.liaison, *others], units=[group.unit.pk], **more))
    while deliver_due():
        pass


def post() -> Delivery:
    return Delivery.objects.get(robot__isnull=False)


def text_of(channel, body):
    return body["content"]["text"] if channel == Channel.FEISHU else body["text"]["content"]


@pytest.mark.parametrize("channel", ROBOTS)
def test_the_group_is_told_once_however_many_of_its_people_are(group, provider, channel):
    group(channel)
    tell(group, official(Duty.HEAD, group.unit))
    tell(group, official(Duty.DEPUTY, group.unit))

    [body] = provider.bodies
    assert "您在平台有一条新消息" in text_of(channel, body) or "消息" in text_of(channel, body)
    assert "http://127.0.0.1:8000/inbox/" in text_of(channel, body)
    assert len(text_of(channel, body)) <= 500
    assert post().state == DeliveryState.SENT


def test_dingtalk_is_signed_in_the_address(group, provider):
    group(Channel.DINGTALK, "SEC-1")
    tell(group)

    asked = parse_qs(urlsplit(provider.asked[0][0]).query)
    wanted = hmac.new(b"SEC-1", f"{asked['timestamp'][0]}\nSEC-1".encode(), hashlib.sha256).digest()
    assert asked["access_token"] == ["abc"]
    assert base64.b64decode(asked["sign"][0]) == wanted
    assert abs(int(asked["timestamp"][0]) / 1000 - timezone.now().timestamp()) < 60


def test_feishu_is_signed_in_the_body(group, provider):
    group(Channel.FEISHU, "sec-2")
    tell(group)

    [body] = provider.bodies
    wanted = hmac.new(f"{body['timestamp']}\nsec-2".encode(), b"", hashlib.sha256).digest()
    assert base64.b64decode(body["sign"]) == wanted
    assert len(body["timestamp"]) == 10


ANSWERS = [
    (Channel.WECOM, Said({"errcode": 0, "errmsg": "ok"}), DeliveryState.SENT, ""),
    (Channel.WECOM, Said({"errcode": 45009, "errmsg": "api freq out of limit"}), DeliveryState.CREATED, "wecom 45009"),
    (Channel.WECOM, Said({"errcode": 93000, "errmsg": "invalid webhook url"}), DeliveryState.FAILED, "wecom 93000"),
    (Channel.WECOM, Said({"errcode": 40058, "errmsg": "bad"}), DeliveryState.FAILED, "wecom 40058"),
    (Channel.WECOM, Said({"errcode": -1, "errmsg": "busy"}), DeliveryState.CREATED, "wecom -1"),
    (Channel.DINGTALK, Said({"errcode": 130101, "errmsg": "send too fast"}), DeliveryState.CREATED, "dingtalk 130101"),
    (Channel.DINGTALK, Said({"errcode": 310000, "errmsg": "sign not match"}), DeliveryState.FAILED, "dingtalk 310000"),
    (Channel.FEISHU, Said({"StatusCode": 0, "StatusMessage": "success"}), DeliveryState.SENT, ""),
    (Channel.FEISHU, Said({"code": 19021, "msg": "sign match fail"}), DeliveryState.FAILED, "feishu 19021"),
    (Channel.FEISHU, Said({"code": 9499, "msg": "Bad Request"}), DeliveryState.FAILED, "feishu 9499"),
    (Channel.FEISHU, Said({"code": 9499, "msg": "too many request"}), DeliveryState.CREATED, "feishu 9499"),
    (Channel.FEISHU, Said({"code": 11232, "msg": "frequency limited"}), DeliveryState.CREATED, "feishu 11232"),
    (Channel.WECOM, Said({"hello": 1}), DeliveryState.CREATED, "wecom "),
    (Channel.WECOM, Said("<html>"), DeliveryState.CREATED, "the answer is not JSON"),
    (Channel.WECOM, Said("[1]"), DeliveryState.CREATED, "the answer is not JSON"),
    (Channel.WECOM, Said("", 500), DeliveryState.CREATED, "HTTP 500"),
    (Channel.WECOM, Said("", 429, {"Retry-After": "900"}), DeliveryState.CREATED, "HTTP 429"),
    (Channel.WECOM, Said("", 403), DeliveryState.FAILED, "HTTP 403"),
    (Channel.WECOM, Said("", 302, {"Location": "http://127.0.0.1:1/"}), DeliveryState.FAILED, "HTTP 302"),
    (Channel.WECOM, Said(manner="reset"), DeliveryState.CREATED, "network: "),
]


@pytest.mark.parametrize(("channel", "said", "state", "words"), ANSWERS)
def test_an_error_inside_a_200_is_a_failure(group, provider, channel, said, state, words):
    """TC38."""
    group(channel)
    provider.says(said)
    tell(group)

    assert (post().state, post().error[: len(words)]) == (state, words)
    assert len(provider.asked) == 1  # a redirect is not followed, a limit not run against


@pytest.mark.parametrize("manner", ["slow", "dripping"])
def test_who_takes_too_long_is_given_up(group, provider, monkeypatch, manner):
    monkeypatch.setattr(outside, "PATIENCE", 0.5)
    group(Channel.WECOM)
    provider.says(Said({"errcode": 0}, manner=manner))
    tell(group)

    assert (post().state, post().error[:8]) == (DeliveryState.CREATED, "network:")


def test_a_limit_is_waited_for_and_costs_no_try(group, provider):
    group(Channel.WECOM)
    provider.says(Said("", 429, {"Retry-After": "900"}))
    tell(group)
    row = post()
    assert timedelta(seconds=880) < row.next_at - timezone.now() < timedelta(seconds=901)

    for _ in range(12):
        Delivery.objects.filter(pk=row.pk).update(next_at=timezone.now())
        deliver_due()
    assert (post().state, post().attempts) == (DeliveryState.CREATED, 1)


def test_while_a_provider_is_away_the_rest_waits_and_mail_goes(group, provider):
    group(Channel.WECOM)
    group.liaison.email = "li@example.cn"
    group.liaison.save()
    provider.says(Said("", 500))
    for number in range(5):
        notify(Notice("sealed", str(number), [group.liaison], units=[group.unit.pk]))
    while deliver_due():
        pass

    assert len(provider.asked) == 1
    assert Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.SENT).count() == 5
    assert Delivery.objects.filter(robot__isnull=False, state=DeliveryState.CREATED).count() == 5


def test_a_robot_that_is_gone_is_left_alone_until_it_is_set_up_anew(group, provider):
    robot = group(Channel.WECOM)
    provider.says(Said({"errcode": 93000}))
    tell(group)
    tell(group, key="2")
    assert len(provider.asked) == 1
    robot.refresh_from_db()
    assert (robot.refused_at is not None, robot.refusal) == (True, "wecom 93000")

    robot.keep(robot.url, "")
    robot.save()
    provider.says(Said({"errcode": 0}))
    tell(group, key="3")
    assert len(provider.asked) == 2


def test_only_the_units_own_people_lend_their_eyes(group, provider):
    """Somebody of another unit is told, the group of this one is not, when nobody of it may read the message."""
    group(Channel.WECOM)
    notify(Notice("sealed", "k", [person()], units=[group.unit.pk]))
    deliver_due()

    assert provider.asked == []
    assert post().state == DeliveryState.SUPERSEDED


@pytest.mark.parametrize("secret", ["sensitive", "guarded"])
def test_a_group_reads_nothing_that_one_of_its_people_may_not_know(group, provider, secret):
    group(Channel.WECOM)
    register("account_", lambda rows: {row.pk: {secret: True, "url": "/issues/2022-36/", "hours": 1} for row in rows})
    notify(Notice("account_password_link", "k", [group.liaison], channels=(Channel.INBOX,), units=[group.unit.pk]))
    while deliver_due():
        pass

    [body] = provider.bodies
    assert "密码" not in body["text"]["content"]
    assert "2022-36" not in body["text"]["content"]


BAD = [
    "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
    "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1",
    "https://evil.example/cgi-bin/webhook/send?key=1",
    "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send",
    "https://user:pw@qyapi.weixin.qq.com/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com/other",
    "https://127.0.0.1/cgi-bin/webhook/send",
    "https://2130706433/cgi-bin/webhook/send",
    "https://[::ffff:169.254.169.254]/cgi-bin/webhook/send",
    "https://169.254.169.254/cgi-bin/webhook/send",
    "https://[/cgi-bin",
    "https://qyapi.weixin.qq.com:99999/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1\r\nX: y",
    "https://oapi.dingtalk.com/robot/send?access_token=1",
    "",
]


@pytest.mark.parametrize("url", BAD)
def test_no_address_but_the_providers_own(url):
    """S19."""
    with pytest.raises(ValidationError):
        check_address(Channel.WECOM, url)


def test_the_providers_own_addresses_are_good():
    assert not check_address(Channel.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1")
    assert not check_address(Channel.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=1")
    assert not check_address(Channel.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/1")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "0.0.0.0"]
)
def test_a_name_that_leads_into_our_own_network_is_refused(monkeypatch, address):
    """S19: a provider's name, rebound."""
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", (address, 443))])
    with pytest.raises(Undeliverable, match="not public"):
        outside.post("https://qyapi.weixin.qq.com/cgi-bin/webhook/send", b"", {})


def test_no_secret_stands_in_the_database_or_the_log(group, provider, caplog):
    """S21: canaries."""
    caplog.set_level(logging.DEBUG)
    robot = group(Channel.DINGTALK, "SEC-canary")
    robot.keep(robot.url.replace("abc", "token-canary"), "SEC-canary")
    robot.save()
    for said in (Said({"errcode": 310000, "errmsg": "token-canary"}), Said("token-canary", 500), Said(manner="reset")):
        provider.says(said)
        Robot.objects.update(refused_at=None)
        tell(group, key=str(id(said)))
        Delivery.objects.update(next_at=timezone.now())

    kept = " ".join(str(value) for row in (*Robot.objects.values(), *Delivery.objects.values()) for value in row.values())
    assert "canary" not in kept + caplog.text

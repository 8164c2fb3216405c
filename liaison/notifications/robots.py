"""What WeCom, DingTalk and Feishu want to be told, and what their answers mean (docs/delivery.md)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.notifications.models import Channel, Robot
from liaison.notifications.outcomes import AddressRefused, Later, Undeliverable
from liaison.notifications.outside import USUAL_WAIT, Answer, post

Signed = tuple[str, dict[str, Any]]
"The address and the body, signed."


@dataclass(frozen=True)
class Provider:
    """One provider's protocol."""

    hosts: tuple[str, ...]
    path: str
    "How the path of an address begins."
    wrap: Callable[[str], dict[str, Any]]
    sign: Callable[[Robot, dict[str, Any], float], Signed]
    code: str
    "Where the answer says how it went; 0 is well."
    limited: frozenset[str]
    busy: frozenset[str]
    gone: frozenset[str]
    "The robot does not exist, was stopped, or does not accept our signature, address or words."


def _unsigned(robot: Robot, body: dict[str, Any], _now: float) -> Signed:
    return robot.url, body


def _dingtalk(robot: Robot, body: dict[str, Any], now: float) -> Signed:
    """Milliseconds and secret, signed with the secret, in the address."""
    if not robot.secret:
        return robot.url, body
    moment = str(round(now * 1000))
    sign = _hmac(robot.secret, f"{moment}\n{robot.secret}")
    return f"{robot.url}&timestamp={moment}&sign={quote_plus(sign)}", body


def _feishu(robot: Robot, body: dict[str, Any], now: float) -> Signed:
    """Seconds and secret are the key that signs nothing; both stand in the body."""
    if not robot.secret:
        return robot.url, body
    moment = str(int(now))
    return robot.url, {"timestamp": moment, "sign": _hmac(f"{moment}\n{robot.secret}", ""), **body}


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


PROVIDERS: Final[dict[Channel, Provider]] = {
    Channel.WECOM: Provider(
        hosts=("qyapi.weixin.qq.com",),
        path="/cgi-bin/webhook/send",
        wrap=lambda text: {"msgtype": "text", "text": {"content": text}},
        sign=_unsigned,
        code="errcode",
        limited=frozenset({"45009", "45033"}),
        busy=frozenset({"-1"}),
        gone=frozenset({"93000", "93004", "93008"}),
    ),
    Channel.DINGTALK: Provider(
        hosts=("oapi.dingtalk.com",),
        path="/robot/send",
        wrap=lambda text: {"msgtype": "text", "text": {"content": text}},
        sign=_dingtalk,
        code="errcode",
        limited=frozenset({"130101", "130102", "410100"}),
        busy=frozenset({"-1"}),
        gone=frozenset({"300001", "300005", "310000", "400013", "400101", "400102", "400106"}),
    ),
    Channel.FEISHU: Provider(
        hosts=("open.feishu.cn", "open.larksuite.com"),
        path="/open-apis/bot/v2/hook/",
        wrap=lambda text: {"msg_type": "text", "content": {"text": text}},
        sign=_feishu,
        code="code",
        limited=frozenset({"11232", "11247"}),
        busy=frozenset({"-1", "1500", "1503"}),
        gone=frozenset({"19001", "19021", "19022", "19024"}),
    ),
}


def say(robot: Robot, text: str, now: float) -> None:
    """Post to the unit's group; returns when the provider said that all is well."""
    provider = PROVIDERS[Channel(robot.provider)]
    url, body = provider.sign(robot, provider.wrap(text), now)
    inner = check_address(Channel(robot.provider), robot.url)
    sent = json.dumps(body, ensure_ascii=False).encode()
    judge(robot.provider, provider, post(url, sent, {"Content-Type": "application/json; charset=utf-8"}, inner=inner))


def judge(name: str, provider: Provider, answer: Answer) -> None:
    """A 200 with an error inside is a failure (TC38)."""
    code = answer.at(provider.code) or answer.at("StatusCode")
    if code == "0":
        return
    words = f"{name} {code[:20]}"
    # Feishu has one number for "badly written" and for "too fast"
    if code in provider.limited or (code == "9499" and "too many" in answer.at("msg").lower()):
        raise Later(words, after=USUAL_WAIT, limited=True, whole_way=True)
    if code in provider.busy or not code:
        raise Later(words)
    if code in provider.gone:
        raise AddressRefused(words)
    raise Undeliverable(words)


def check_address(channel: Channel, url: str) -> bool:
    """Refuse every address but the provider's own and the gateways of the settings; true for a gateway (S19)."""
    provider = PROVIDERS[channel]
    wrong = ValidationError(_("Copy the address as the provider shows it: it begins with https:// and the provider's name."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if "@" in parts.netloc or parts.fragment or any(ord(character) <= 32 or ord(character) > 126 for character in url):  # noqa: PLR2004
        raise wrong
    if f"{parts.scheme}://{parts.netloc}" in settings.ROBOT_GATEWAYS:
        return True
    if parts.scheme != "https" or parts.hostname not in provider.hosts or port not in {None, 443}:
        raise wrong
    if not parts.path.startswith(provider.path):
        raise wrong
    return False

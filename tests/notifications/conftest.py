"""Providers on this machine, and the loaders that tests register for themselves."""

import pytest

from liaison.accounts.models import Duty
from liaison.notifications.models import Channel, Robot
from liaison.notifications.rendering import _LOADERS
from liaison.settings.sms import BODY, SmsProvider
from tests.notifications.provider import serving
from tests.people import official, unit


@pytest.fixture
def loaders(monkeypatch):
    monkeypatch.setattr("liaison.notifications.rendering._LOADERS", dict(_LOADERS))


@pytest.fixture
def provider():
    with serving() as found:
        yield found


def sms_of(url, **changes):
    usual = {
        "url": f"{url}/sms",
        "key": "k-123",
        "headers": (("Authorization", "Bearer {key}"),),
        "body": BODY,
        "sign": "沿滩政企",
        "template": "T1",
        "ok": ("code", frozenset({"0"})),
        "bad_number": frozenset({"1001"}),
        "limited": frozenset({"1002"}),
        "refused": frozenset({"1003"}),
    }
    return SmsProvider(**usual | changes)


@pytest.fixture
def sms(settings, provider):
    settings.SMS = sms_of(provider.url)
    return provider


PATHS = {
    Channel.WECOM: "/cgi-bin/webhook/send?key=abc",
    Channel.DINGTALK: "/robot/send?access_token=abc",
    Channel.FEISHU: "/open-apis/bot/v2/hook/abc",
}


@pytest.fixture
def group(settings, provider):
    """Makes the robot of one provider for the tax bureau, whose liaison is told."""
    settings.ROBOT_GATEWAYS = [provider.url]
    tax = unit("tax")

    def make(channel, secret=""):
        robot = Robot(unit=tax, provider=channel)
        robot.keep(f"{provider.url}{PATHS[channel]}", secret)
        robot.save()
        return robot

    make.unit = tax
    make.liaison = official(Duty.LIAISON, tax, username="tax.liaison")
    return make

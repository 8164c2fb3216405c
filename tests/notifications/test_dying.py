"""A worker that dies between the provider's "ok" and our mark: one more copy at most, and recognisable (R03, TC11)."""

from collections import Counter

import pytest

from liaison.accounts.models import Duty
from liaison.notifications import delivery as delivering
from liaison.notifications.actions import Notice, notify_all
from liaison.notifications.clock import moment
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Channel, ChannelChoice, Delivery, DeliveryState
from liaison.notifications.models.ways import ROBOTS
from tests.notifications.test_mail_server import smtp  # noqa: F401 - a fixture
from tests.people import official, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaders")]
DEATHS = 20


class Killed(BaseException):
    """As sudden as kill -9: nothing behind it is done."""


@pytest.fixture
def dying(monkeypatch):
    """Each delivery kills the worker that marks it first; then a minute passes, and another one takes over."""
    seen: set[int] = set()
    finish = delivering._finish

    def die_once(delivery, token, **found):
        if delivery.pk in seen:
            return finish(delivery, token, **found)
        seen.add(delivery.pk)
        raise Killed

    monkeypatch.setattr(delivering, "_finish", die_once)

    def work():
        while True:
            try:
                if not deliver_due(limit=1):
                    return len(seen)
            except Killed:
                Delivery.objects.filter(state=DeliveryState.SENDING).update(lease_until=moment())

    return work


def tell(*people, units=()):
    notify_all([Notice("sealed", str(number), people, units=units) for number in range(DEATHS)], now=moment())


def test_a_mail_comes_twice_with_the_same_message_id(smtp, dying):  # noqa: F811
    tell(person(email="li@example.cn"))
    assert dying() == DEATHS
    ids = Delivery.objects.filter(channel=Channel.EMAIL, state=DeliveryState.SENT).values_list("message_id", flat=True)
    assert Counter(kept["Message-ID"] for kept in smtp.kept) == {f"<{pk}@127.0.0.1>": 2 for pk in ids}
    assert len(ids) == DEATHS


def test_a_text_message_comes_twice_with_the_same_number(sms, dying):
    user = person(phone="13800001234")
    ChannelChoice.objects.create(user=user, group="other", channel=Channel.SMS, wanted=True)
    tell(user)
    assert dying() == DEATHS
    ids = Delivery.objects.filter(channel=Channel.SMS, state=DeliveryState.SENT).values_list("message_id", flat=True)
    assert Counter(body["id"] for body in sms.bodies) == {pk.hex: 2 for pk in ids}
    assert len(ids) == DEATHS


@pytest.mark.parametrize("channel", ROBOTS)
def test_a_group_hears_it_twice_at_most(group, provider, dying, channel):
    """Robots' protocols know no number of a message: the ledger's row is one, the posts are two."""
    group(channel)
    official(Duty.HEAD, group.unit)
    tell(group.liaison, units=[group.unit.pk])
    assert dying() == DEATHS
    assert len(provider.asked) == 2 * DEATHS
    rows = Delivery.objects.filter(robot__isnull=False)
    assert set(rows.values_list("state", "attempts")) == {(DeliveryState.SENT, 2)}

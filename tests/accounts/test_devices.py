"""Whoever guesses cannot lock an official out, and guessing at many accounts is stopped and noticed (S08)."""

import pytest
from django.test import Client

from liaison.accounts.models import Duty, SignInFailure
from liaison.audit.models import AuditEntry, AuditTag
from liaison.notifications.delivery import deliver_due
from liaison.notifications.models import Notification
from tests.accounts.test_sign_in import sign_in
from tests.people import official, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Client:
    """The official's own browser, signed in once and out again."""
    person("desk1")
    client = Client()
    sign_in(client)
    client.post("/accounts/logout/")
    return client


def test_an_attacker_locks_the_account_but_not_its_owner(own):
    """S08: the right password is refused elsewhere and taken on the owner's device, also while the attack goes on."""
    for _ in range(20):
        sign_in(Client(), password="wrong")
    assert sign_in(Client()).status_code == 400
    assert sign_in(own).status_code == 302


def test_a_stolen_device_is_no_way_around_the_lock(own):
    """S07: tries on a known device are counted too, and its lock is not the account's."""
    answers = [sign_in(own, password="wrong").status_code for _ in range(5)]
    assert (answers, sign_in(own).status_code) == ([400] * 5, 400)
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "\x00", "é" * 50])
def test_a_forged_device_is_no_device(own, value):
    own.cookies["device"] = value
    for _ in range(5):
        sign_in(own, password="wrong")
    assert SignInFailure.objects.filter(key__startswith="account:").exists()
    assert not SignInFailure.objects.filter(key__startswith="device:").exists()


def test_the_device_of_one_is_none_of_anothers(own):
    person("desk2")
    sign_in(own, "desk2", "wrong")
    assert not SignInFailure.objects.filter(key__startswith="device:").exists()


def test_spraying_is_stopped_and_the_security_administrator_is_told(own, settings):
    """S08: one try at each of many accounts, from ever new addresses."""
    settings.SIGN_IN_FAILURES_EVERYWHERE = 20
    admin = official(Duty.SECURITY_ADMIN)
    person("desk2")
    answers = [sign_in(Client(), f"user{n}", "wrong", REMOTE_ADDR=f"198.51.100.{n}").status_code for n in range(25)]

    assert set(answers) == {400}
    assert sign_in(Client(), "desk2", REMOTE_ADDR="203.0.113.7").status_code == 400
    assert sign_in(own).status_code == 302
    assert [entry.detail for entry in AuditEntry.objects.filter(tag=AuditTag.SIGN_IN_LOCKED)] == [{"scope": "everywhere"}]
    deliver_due()
    told = Notification.objects.get(kind="account_attack")
    assert told.recipient == admin
    inbox = Client()
    inbox.force_login(admin, backend="liaison.accounts.backends.SignInBackend")
    assert "有人正在猜测密码" in inbox.get("/inbox/").content.decode()


def test_one_attacker_cannot_close_the_door_for_all(own, settings):
    """Tries that a closed lock has refused count nowhere else."""
    settings.SIGN_IN_FAILURES_EVERYWHERE = 20
    person("desk2")
    for _ in range(40):
        sign_in(Client(), password="wrong", REMOTE_ADDR="198.51.100.1")
    assert sign_in(Client(), "desk2", REMOTE_ADDR="203.0.113.7").status_code == 302

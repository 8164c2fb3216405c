"""The second factor (S06)."""

import time
from datetime import date

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from liaison.accounts.models import Duty, Posting, UsedCode
from liaison.accounts.sealing import seal, unseal
from tests.people import PASSWORD, official, person, unit

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(shift: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift))


@pytest.fixture
def protected():
    user = person("desk1")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(SECRET)})
    return user


def first_step(client):
    return client.post("/accounts/login/", {"login": "desk1", "password": PASSWORD})


def second_step(client, digits):
    return client.post("/accounts/2fa/authenticate/", {"code": digits})


@pytest.mark.usefixtures("protected")
def test_the_password_alone_does_not_sign_in(client):
    assert first_step(client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/me/").status_code == 302
    assert second_step(client, code()).status_code == 302
    assert client.get("/me/").status_code == 200


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("empties_cache", [False, True])
def test_a_code_is_good_once(client, empties_cache):
    """S06: also after the cache was emptied, and with tolerance."""
    with time_machine.travel(time.time(), tick=False):
        digits = code()
        first_step(client)
        second_step(client, digits)
        if empties_cache:
            cache.clear()
        other = type(client)()
        first_step(other)
        assert second_step(other, digits).status_code == 400
        assert second_step(other, code(-1)).status_code == 400
        assert second_step(other, code(1)).status_code == 302


@pytest.mark.usefixtures("protected")
def test_guessing_codes_is_locked(client):
    """S06."""
    first_step(client)
    for _ in range(5):
        assert second_step(client, "000000").status_code == 400
    assert second_step(client, code()).status_code == 400
    assert client.get("/me/").status_code == 302


def test_the_secret_is_not_readable_in_the_database(protected):
    """S06."""
    stored = Authenticator.objects.get(user=protected).data["secret"]
    assert SECRET not in stored
    assert unseal(stored) == SECRET


def test_an_old_secret_key_still_opens(settings):
    sealed = seal("x")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert unseal(sealed) == "x"


def test_staff_are_sent_to_set_it_up_and_firms_are_not(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(official(Duty.DESK, username="desk1"))
    assert client.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"
    assert client.post("/accounts/logout/").status_code == 302
    client.force_login(person("firm1"))
    assert client.get("/me/").status_code == 200


def test_a_first_duty_asks_for_it_in_the_running_session(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = person("firm1")
    client.force_login(user)
    assert client.get("/me/").status_code == 200
    Posting.objects.create(user=user, unit=unit(), duty=Duty.DESK, from_on=date(2020, 1, 1))
    assert client.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"


def test_setting_it_up(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    user = official(Duty.DESK, username="desk1")
    first_step(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    digits = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/accounts/2fa/totp/activate/", {"code": "12"}).status_code == 400
    assert client.post("/accounts/2fa/totp/activate/", {"code": digits}).status_code == 302
    assert client.get("/me/").status_code == 200
    assert UsedCode.objects.filter(user=user).exists()
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


def test_staff_cannot_remove_it_where_it_is_compulsory(client, settings, protected):
    settings.STAFF_SECOND_FACTOR = True
    Posting.objects.create(user=protected, unit=unit(), duty=Duty.DESK, from_on="2020-01-01")
    first_step(client)
    second_step(client, code())
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 400
    assert Authenticator.objects.filter(user=protected).exists()


def test_a_recovery_code_signs_in_once(client, protected):
    spare = RecoveryCodes.activate(protected).get_unused_codes()[0]
    first_step(client)
    assert second_step(client, spare).status_code == 302
    other = type(client)()
    first_step(other)
    assert second_step(other, spare).status_code == 400

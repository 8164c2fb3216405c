"""A one-time code is good once: the last used time step of each person stands in the database, not in a cache."""

import time
from typing import Final

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare

from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.accounts.sealing import unseal

CLAIM: Final = """
INSERT INTO accounts_usedcode AS used (user_id, step) VALUES (%s, %s)
ON CONFLICT (user_id) DO UPDATE SET step = EXCLUDED.step WHERE used.step < EXCLUDED.step
RETURNING step
"""


def claim_code(user: User, secret: str, code: str) -> bool:
    """Whether ``code`` is right now and was not used before; marks it used in the same statement."""
    step = _step_of(secret, code)
    if step is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [user.pk, step])
        return cursor.fetchone() is not None


def _step_of(secret: str, code: str) -> int | None:
    digits = "".join(code.split())
    current = int(time.time()) // app_settings.TOTP_PERIOD
    for step in range(current - app_settings.TOTP_TOLERANCE, current + app_settings.TOTP_TOLERANCE + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), digits):
            return step
    return None


def secret_of(user: User) -> str | None:
    """The key of the person's authenticator app."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return unseal(app.data["secret"]) if app else None


def is_missing(user: User) -> bool:
    """Whether the person must set up a second factor before anything else."""
    return bool(settings.STAFF_SECOND_FACTOR) and hats_of(user).is_staff and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def remove(user: User) -> None:
    """Take away the app and the recovery codes (lost phone)."""
    Authenticator.objects.filter(user=user).delete()

"""Locks after failed sign-ins: one statement per attempt, so that parallel attempts cannot slip past the limit."""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from liaison.accounts.models import SignInFailure, User

RESERVE: Final = """
INSERT INTO accounts_signinfailure AS f (key, failures, window_ends_at, locked_until)
VALUES (%(key)s, 1, %(ends)s, NULL)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE
    WHEN f.locked_until > %(now)s THEN %(limit)s + 1
    WHEN f.locked_until IS NOT NULL OR f.window_ends_at <= %(now)s THEN 1
    ELSE f.failures + 1 END,
  window_ends_at = CASE
    WHEN f.locked_until > %(now)s THEN f.window_ends_at
    WHEN f.locked_until IS NOT NULL OR f.window_ends_at <= %(now)s THEN %(ends)s
    ELSE f.window_ends_at END,
  locked_until = CASE
    WHEN f.locked_until > %(now)s THEN f.locked_until
    WHEN f.locked_until IS NOT NULL OR f.window_ends_at <= %(now)s THEN NULL
    WHEN f.failures + 1 >= %(limit)s THEN %(ends)s
    ELSE NULL END
RETURNING failures, locked_until
"""
"The attempt is counted before the password is looked at; the one that reaches the limit may still try, and locks."

GIVE_BACK: Final = """
UPDATE accounts_signinfailure
SET failures = GREATEST(failures - 1, 0), locked_until = CASE WHEN failures <= %(limit)s THEN NULL ELSE locked_until END
WHERE key = %(key)s
"""


@dataclass(frozen=True)
class Attempt:
    """One try that was counted."""

    key: str
    limit: int
    failures: int
    locked_until: datetime | None

    @property
    def refused(self) -> bool:
        """Whether the lock was closed already."""
        return self.failures > self.limit

    @property
    def is_last(self) -> bool:
        """Whether this try, if it fails, closes the lock."""
        return self.failures == self.limit


def reserve(key: str, limit: int, now: datetime | None = None) -> Attempt:
    """Count a try under ``key``, or find that it is locked."""
    now = now or timezone.now()
    ends = now + timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, {"key": key, "limit": limit, "now": now, "ends": ends})
        failures, locked_until = cursor.fetchone()
    return Attempt(key, limit, failures, locked_until)


def give_back(attempt: Attempt) -> None:
    """Uncount a try that succeeded, without forgetting the failures before it."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, {"key": attempt.key, "limit": attempt.limit})


def clear(key: str) -> None:
    """Forget all failures under ``key``."""
    SignInFailure.objects.filter(key=key).delete()


def account_key(user: User | None, login: str) -> str:
    """One key per account however it is spelt; unknown names are counted in the same way."""
    if user is not None:
        return f"account:{user.pk}"
    return f"name:{unicodedata.normalize('NFKC', login).casefold()[:150]}"


def address_key(address: str) -> str:
    """One key per visitor: an IPv6 network of 64 bits is one visitor."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return f"address:{ipaddress.ip_network((found, 64), strict=False).network_address}"
        found = found.ipv4_mapped
    return f"address:{found}"


def device_key(user: User, device: str) -> str:
    """Tries on a device on which the owner has signed in before."""
    return f"device:{user.pk}:{device}"


EVERYWHERE: Final = "everywhere"
"Failed tries of all visitors together."


def code_key(user: User) -> str:
    """Tries of the second factor."""
    return f"code:{user.pk}"

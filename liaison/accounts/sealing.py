"""Secrets that must lie in the database (keys of second factors) are encrypted with a key made from SECRET_KEY."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

PURPOSE = b"liaison.accounts.second-factor:"


def seal(text: str) -> str:
    """Encrypt ``text`` with today's key."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt with today's key or one of the keys before it (LIAISON_OLD_SECRET_KEYS)."""
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    # SECRET_KEY is long and random (refused otherwise at start), so one hash with a purpose is enough to derive from it
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest()))

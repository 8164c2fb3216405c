"""Devices on which somebody has signed in before: whoever guesses from elsewhere cannot lock their owner out (S08)."""

import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from liaison.accounts.models import User

SALT: Final = "liaison.accounts.devices"


def known_device(request: HttpRequest, user: User | None) -> str:
    """The name of this device, if ``user`` has signed in on it since their password was last changed; else nothing."""
    if user is None:
        return ""
    try:
        pk, print_, device = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=settings.DEVICE_COOKIE_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(device) if (pk, print_) == (user.pk, _password_print(user)) else ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Give the device a name that only this user's sign-in looks at; it opens nothing."""
    device = known_device(request, user) or secrets.token_urlsafe(12)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([user.pk, _password_print(user), device], salt=SALT),
        max_age=settings.DEVICE_COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _password_print(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:16]

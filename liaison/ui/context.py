"""What every template knows about the portal."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from liaison.accounts.rights import hats_of
from liaison.moments import clock


def portal(request: HttpRequest) -> dict[str, Any]:
    """The district's name, whether this is the demonstration, and what the person is today."""
    user = getattr(request, "user", None)
    return {
        "district": settings.DISTRICT_NAME_EN if get_language() == "en" else settings.DISTRICT_NAME,
        "desk_phone": settings.DESK_PHONE,
        "is_demo": settings.DEMO,
        "hats": hats_of(user) if user is not None and user.is_authenticated else None,
    }


def portal_time(_request: HttpRequest) -> dict[str, Any]:
    """The moment that a moved demonstration shows on every page; nothing where portal time is real time."""
    return {"demonstration_time": clock.now() if clock.moved_by() else None}

"""Headers that every answer carries, and the plain page for a step that somebody else has done."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liaison.ui.typed import typed_in
from liaison.workflow import StepNotOpen

Next = Callable[[HttpRequest], HttpResponse]
CONFLICT: Final = 409


def headers(get_response: Next) -> Next:
    """Pages about people are never kept by a cache between us and the reader; no page may use the device's sensors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_somebodys(request):
            response.setdefault("Cache-Control", "private, no-store")
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def _is_somebodys(request: HttpRequest) -> bool:
    """Signed in, or a visitor whose session keeps something of theirs, such as an application begun."""
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    return (user is not None and user.is_authenticated) or (session is not None and not session.is_empty())


class LostRaceMiddleware:
    """Turns StepNotOpen into a plain page (409): who has done what in the meantime."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Explain instead of failing; ``last_act`` of the matter, if it has one, names ``actor`` and ``at``."""
        if not isinstance(exception, StepNotOpen):
            return None
        subject: Any = exception.subject
        context = {
            "step": exception.step,
            "reason": exception.reason,
            "act": getattr(subject, "last_act", None),
            "back": subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "/",
            "typed": typed_in(request),
        }
        return render(request, "ui/step_not_open.html", context, status=CONFLICT)

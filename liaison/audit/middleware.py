"""Refusals of signed-in people are recorded."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from liaison.audit.actions import record
from liaison.audit.models import AuditTag

FORBIDDEN = 403


def refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Record who was refused what (403); the address names the object, never its content."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == FORBIDDEN and request.user.is_authenticated:
            record(AuditTag.REFUSED, by=request.user, subject=request.path, detail={"method": request.method}, request=request)
        return response

    return middleware

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
            record(
                AuditTag.REFUSED, by=request.user, subject=_address(request), detail={"method": request.method}, request=request
            )
        return response

    return middleware


def _address(request: HttpRequest) -> str:
    """The address without the token of a link, which would let the reader of the record use the link."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    return request.path.replace(token, "…") if token else request.path

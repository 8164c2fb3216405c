"""Finding what an address names, and refusing in the one way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from enterprises.actions.people import NotPossible
from enterprises.models import Enterprise
from liaison.accounts.http import SignedInRequest

CONFLICT = 409


def visible_enterprise(request: SignedInRequest, credit_code: str) -> Enterprise:
    """The enterprise, or 404 for everybody who may not see it."""
    rows = Enterprise.objects.visible_to(request.user).select_related("town", "park", "applied_by")
    return get_object_or_404(rows, credit_code=credit_code)


def not_possible(request: HttpRequest, answer: NotPossible, enterprise: Enterprise | None = None) -> HttpResponse:
    """The plain page for an act that came too late (409)."""
    return render(request, "enterprises/not_possible.html", {"reason": answer.reason, "enterprise": enterprise}, status=CONFLICT)

"""Pages that belong to no app: the start page and the refusals."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives the reason; visitors need none
    """Explain that the form is too old or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)

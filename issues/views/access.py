"""Who may see this, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.readers import readers_of
from issues.story import Reader
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest


@require_safe
def access(request: SignedInRequest, address: str) -> HttpResponse:
    """All who may read the issue today, each with the reason; the firm reads units and duties, staff read names."""
    issue = issue_for(request.user, address)
    reader = Reader(issue, request.user)
    context = {"issue": issue, "reader": reader, "title": reader.masked(issue.title), "readers": readers_of(issue)}
    return render(request, "issues/access.html", context)

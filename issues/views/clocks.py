"""Every clock of an issue, with "why this date"."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.clock_story import clocks_of
from issues.story import Reader
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock


@require_safe
def clocks(request: SignedInRequest, address: str) -> HttpResponse:
    """For staff and firm alike; rungs and inner clocks for staff alone."""
    issue = issue_for(request.user, address)
    reader = Reader(issue, request.user)
    context = {
        "issue": issue,
        "reader": reader,
        "title": reader.masked(issue.title),
        "clocks": clocks_of(reader, clock.now()),
    }
    return render(request, "issues/clocks.html", context)

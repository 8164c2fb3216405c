"""The receipt: number, what happens next, by when and why, and whom to ask."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.deadlines import limit_key
from issues.enums import Stage
from issues.models import Issue
from issues.permissions import Standing, standings
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.parameters.models import parameter
from liaison.workdays import ZONE, due_after, is_provisional

READERS = {Standing.FIRM, Standing.ENTERED_IT, Standing.DESK}


@require_safe
def receipt(request: SignedInRequest, address: str) -> HttpResponse:
    """For the firm, who entered it, and the desk; it names the firm, so nobody else."""
    issue = issue_for(request.user, address)
    held = standings(issue, request.user)
    if not held & READERS:
        raise PermissionDenied
    context = {"issue": issue, "for_firm": Standing.FIRM in held, "waits": issue.stage == Stage.SUBMITTED, **times_of(issue)}
    return render(request, "issues/intake/receipt.html", context)


def times_of(issue: Issue) -> dict[str, Any]:
    """By when the desk decides, and how long an answer may take from dispatch."""
    assert issue.submitted_at is not None  # a database constraint says so
    days = parameter("issues.admit_days")
    admit_by = due_after(issue.submitted_at, days)
    return {
        "admit_days": days,
        "admit_by": admit_by,
        "provisional": is_provisional(admit_by.astimezone(ZONE).date()),
        "answer_days": parameter(limit_key(issue.nature, issue.urgency)),
    }

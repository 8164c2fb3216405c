"""The receipt: number, what happens next, by when and why, and whom to ask."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.enums import Stage, Timed
from issues.models import SUBJECT, Issue
from issues.permissions import Standing, standings
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.clocks.actions.rules import limit_for, limits_in_force
from liaison.clocks.models import Clock
from liaison.workdays import ZONE, is_provisional
from liaison.workdays.limits import due_at
from liaison.workdays.portal import calendar
from liaison.workdays.words import limit_words

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
    rules = limits_in_force()
    limit = limit_for(rules.rows, Timed.ADMIT)
    clock = Clock.objects.of(SUBJECT, issue.pk).filter(kind=Timed.ADMIT).first()
    admit_by = clock.due_at if clock else due_at(calendar(), issue.submitted_at, limit)
    return {
        "admit_limit": limit_words(limit),
        "admit_by": admit_by,
        "provisional": is_provisional(admit_by.astimezone(ZONE).date()),
        "answer_limit": limit_words(limit_for(rules.rows, Timed.ANSWER, issue.nature, issue.urgency)),
    }

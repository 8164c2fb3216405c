"""Acknowledging what the ladder told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from issues.models import SUBJECT
from issues.permissions import is_staff_side
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.clocks.actions.acknowledging import acknowledge
from liaison.clocks.models import Step
from liaison.moments import clock


@require_POST
def acknowledge_rung(request: SignedInRequest, address: str, pk: int) -> HttpResponse:
    """Say that it was heard; twice is once. A firm that is reminded to evaluate owes no such word."""
    issue = issue_for(request.user, address)
    if not is_staff_side(issue, request.user):
        raise PermissionDenied
    step = get_object_or_404(Step, pk=pk, clock__subject_kind=SUBJECT, clock__subject_id=issue.pk)
    first = acknowledge(step, request.user, clock.now())
    messages.success(request, _("Acknowledged.") if first else _("It had been acknowledged before."))
    return redirect(issue)

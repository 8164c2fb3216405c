"""Acknowledging what the ladder told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from issues.models import SUBJECT
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.clocks.actions.acknowledging import acknowledge
from liaison.clocks.models import Step


@require_POST
def acknowledge_rung(request: SignedInRequest, address: str, pk: int) -> HttpResponse:
    """Say that it was heard; twice is once."""
    issue = issue_for(request.user, address)
    step = get_object_or_404(Step, pk=pk, clock__subject_kind=SUBJECT, clock__subject_id=issue.pk)
    first = acknowledge(step, request.user, timezone.now())
    messages.success(request, _("Acknowledged.") if first else _("It had been acknowledged before."))
    return redirect(issue)

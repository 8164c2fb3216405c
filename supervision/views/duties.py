"""Duties: the desk's overview, the evaluation sheet of a year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.parameters.models import parameter
from liaison.ui.forms import render_form_page
from supervision.actions.evaluating import evaluate_account
from supervision.duties import figures_of, overview, year_of
from supervision.forms.register import EvaluateForm
from supervision.models import Account, Appointment
from supervision.permissions import manages
from supervision.workflow import ACCOUNT_FLOW


@require_safe
def overview_page(request: SignedInRequest) -> HttpResponse:
    """Every supervisor in office, with a light."""
    if not manages(request.user):
        raise PermissionDenied
    today = clock.today()
    rows = list(Appointment.objects.running(today).select_related("person").order_by("year", "serial"))
    context = {"lines": overview(rows, today), "quota": parameter("supervision.quota"), "year": today.year}
    return render(request, "supervision/overview.html", context)


def account_for(user: User, pk: int) -> Account:
    """The account; 404 if it is not there or its appointment is not visible."""
    visible = Appointment.objects.visible_to(user)
    rows = Account.objects.filter(appointment__in=visible).select_related("appointment__person", "evaluated_by")
    return get_object_or_404(rows, pk=pk)


def _sheet(account: Account, user: User) -> dict[str, Any]:
    person = account.appointment.person_id
    steps = ACCOUNT_FLOW.open_to(account, user, clock.now())
    return {"account": account, "figures": figures_of([person], year_of(account.year))[person], "steps": steps}


@require_safe
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was done, what was said of it, how it was judged."""
    return render(request, "supervision/account.html", _sheet(account_for(request.user, pk), request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk judges the year."""
    found, now = account_for(request.user, pk), clock.now()
    step = ACCOUNT_FLOW.check("evaluate", found, request.user, now)
    form = EvaluateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        evaluate_account(found, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Evaluated. The supervisor has been told."))
        return redirect(found)
    return render_form_page(request, "supervision/account_evaluate.html", form, {**_sheet(found, request.user), "step": step})

"""Planning an occasion, and changing what was planned."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions.planning import AddressTaken, edit_occasion, plan_occasion, plan_of
from events.forms.plan import PlanForm, initial_of
from events.permissions import manages
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Event staff put a meeting into the books."""
    if not manages(request.user):
        raise PermissionDenied
    now = clock.now()
    form = PlanForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        try:
            occasion = plan_occasion(form.plan(), by=request.user, now=now)
        except AddressTaken:
            form.add_error("title", _("Somebody has just planned the same. Look at the schedule, then try again."))
        else:
            messages.success(request, _("Planned. Only event staff and who presides see it until you publish it."))
            return redirect(occasion)
    return render_form_page(request, "events/plan.html", form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything but the time of what is published: that is moved, and everybody told."""
    now = clock.now()
    occasion = occasion_for(request.user, slug)
    OCCASION_FLOW.check("edit", occasion, request.user, now)
    form = PlanForm(
        request.POST if request.method == "POST" else None, now=now, occasion=occasion, initial=initial_of(plan_of(occasion))
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        edit_occasion(occasion, by=request.user, now=now, plan=form.plan(), version=version)
        messages.success(request, _("Changed. Whoever is invited is told of a new place or title."))
        return redirect(occasion)
    return render_form_page(request, "events/plan.html", form, {"occasion": occasion})

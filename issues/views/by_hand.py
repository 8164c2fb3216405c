"""What is begun at an issue by hand: a supervision order, a summons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from issues.actions.summons import summon_unit
from issues.actions.supervision import supervise_issue
from issues.forms.supervision import SummonForm, SuperviseForm, SupervisionForm
from issues.inspection import BY_HAND
from issues.permissions import is_staff_side
from issues.story import Reader
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_http_methods(["GET", "HEAD", "POST"])
def supervise(request: SignedInRequest, address: str) -> HttpResponse:
    """The inspection office asks something of the unit."""
    said = _("Opened. The unit has been told.")
    return _begin(request, address, "supervise", SuperviseForm, supervise_issue, said)


@require_http_methods(["GET", "HEAD", "POST"])
def summon(request: SignedInRequest, address: str) -> HttpResponse:
    """A leader or an inspector calls the head of the unit in."""
    said = _("Called. The unit has been told; record the talk when it has been held.")
    return _begin(request, address, "summon", SummonForm, summon_unit, said)


def _begin(  # noqa: PLR0913, PLR0917 - one line for each page above
    request: SignedInRequest, address: str, name: str, form_class: type[SupervisionForm], act: Callable[..., Any], said: str
) -> HttpResponse:
    issue, now = issue_for(request.user, address), clock.now()
    if not is_staff_side(issue, request.user):  # to a firm this page does not exist
        raise Http404
    step = BY_HAND.check(name, issue, request.user, now)
    form = form_class(request.POST if request.method == "POST" else None, issue=issue, now=now)
    if request.method == "POST" and form.is_valid():
        made = act(issue, by=request.user, now=now, **form.values())
        messages.success(request, said)
        return redirect(made)
    reader = Reader(issue, request.user)
    context = {"issue": issue, "step": step, "reader": reader, "title": reader.masked(issue.title), "form": form}
    context["body"] = reader.masked(issue.body)
    return render_form_page(request, "issues/step.html", form, context)

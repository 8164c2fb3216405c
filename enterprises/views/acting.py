"""Choosing for which enterprise one acts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from enterprises.acting import act_for, acting_enterprise, represented_enterprises
from enterprises.forms.people import ActingForm
from liaison.accounts.http import SignedInRequest
from liaison.ui.forms import render_form_page


def acting(request: SignedInRequest) -> HttpResponse:
    """All enterprises of the person; the chosen one stands below the header of every page."""
    if not represented_enterprises(request):
        return redirect("enterprises:register")
    form = ActingForm(
        request.POST if request.method == "POST" else None, user=request.user, initial={"enterprise": _current(request)}
    )
    if form.is_valid():
        enterprise = form.cleaned_data["enterprise"]
        act_for(request, enterprise)
        messages.success(request, _("You act for %(enterprise)s now.") % {"enterprise": enterprise.name})
        return redirect(_next(request) or enterprise)
    return render_form_page(request, "enterprises/acting.html", form, {"next": _next(request)})


def _current(request: SignedInRequest) -> str:
    enterprise = acting_enterprise(request)
    return enterprise.credit_code if enterprise else ""


def _next(request: SignedInRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else ""

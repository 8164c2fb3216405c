"""One page per step of the registration's flow."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from enterprises.actions.registration import resend_application
from enterprises.actions.status import ACTIONS
from enterprises.forms.data import ApplyAgainForm, StepForm
from enterprises.views.lookup import visible_enterprise
from enterprises.workflow import ENTERPRISE_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.moments import clock
from liaison.ui.forms import render_form_page

WITHOUT_REASON = frozenset({"verify"})


def step(request: SignedInRequest, credit_code: str, name: str) -> HttpResponse:
    """Decide: verify, refuse, suspend, reopen, close."""
    enterprise = visible_enterprise(request, credit_code)
    row = ENTERPRISE_FLOW.check(name, enterprise, request.user, clock.now())
    form = StepForm(request.POST if request.method == "POST" else None, optional=name in WITHOUT_REASON)
    if form.is_valid():
        done = ACTIONS[name](enterprise, reason=form.cleaned_data["reason"], by=request.user, now=clock.now())
        messages.success(request, _("Done. Status now: %(status)s.") % {"status": done.get_status_display()})
        return redirect(enterprise)
    context = {"enterprise": enterprise, "step": row, "licence": enterprise.licences.first()}
    return render_form_page(request, "enterprises/step.html", form, context)


def apply_again(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """A refused firm corrects what was wrong."""
    enterprise = visible_enterprise(request, credit_code)
    ENTERPRISE_FLOW.check("apply-again", enterprise, request.user, clock.now())
    initial = {"town": enterprise.town.code, "park": enterprise.park.code if enterprise.park else ""}
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ApplyAgainForm(*posted, instance=enterprise, initial=initial, holder=Holder.of(request))
    if form.is_valid():
        resend_application(enterprise, licence=form.cleaned_data["licence"], by=request.user, now=clock.now(), **form.values())
        return redirect("enterprises:receipt", enterprise.credit_code)
    return render_form_page(request, "enterprises/apply_again.html", form, {"enterprise": enterprise})

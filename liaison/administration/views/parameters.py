"""Numbers that are data, not code."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator
from liaison.administration.forms.reference import ParameterForm
from liaison.parameters.actions import set_parameter
from liaison.parameters.models import DECLARED, Parameter, parameter
from liaison.ui.forms import render_form_page


@administrator(Right.MANAGE_REFERENCE)
def listing(request: SignedInRequest) -> HttpResponse:
    """All numbers: in force, default, bounds."""
    changed = dict(Parameter.objects.values_list("key", "value"))
    rows = [(key, declared, changed.get(key, declared.default), key in changed) for key, declared in DECLARED.items()]
    return render(request, "accounts/parameters.html", {"rows": rows})


@administrator(Right.MANAGE_REFERENCE)
def edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change one number."""
    declared = DECLARED.get(key)
    if declared is None:
        raise Http404
    form = ParameterForm(request.POST or None, declared=declared, initial={"value": parameter(key)})
    if form.is_valid():
        set_parameter(key, form.cleaned_data["value"], by=request.user)
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("administration:parameters")
    return render_form_page(request, "accounts/parameter.html", form, {"declared": declared})

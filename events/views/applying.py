"""A firm asks to come to what is open to applications."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from events.actions.answering import withdraw_application
from events.actions.inviting import CannotApply, apply_to_come
from events.forms.reply import ApplyForm
from events.models import Invitation
from events.views.lookup import occasion_for
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form; event staff decide."""
    occasion = occasion_for(request.user, slug)
    firms = Enterprise.objects.represented_by(request.user).verified().order_by("name")
    if not firms:
        raise PermissionDenied
    now = clock.now()
    form = ApplyForm(request.POST if request.method == "POST" else None, occasion=occasion, firms=firms, initial=_start(firms))
    if form.is_valid():
        try:
            apply_to_come(occasion, form.cleaned_data["enterprise"], by=request.user, now=now, guest=form.guest_fields())
        except CannotApply as shut:
            form.add_error(None, str(shut.reason))
        else:
            messages.success(request, _("Applied. The organisers decide, and you are told."))
            return redirect(occasion)
    return render_form_page(request, "events/apply.html", form, {"occasion": occasion})


def _start(firms: Iterable[Enterprise]) -> dict[str, str]:
    firm = next(iter(firms))
    return {"enterprise": firm.credit_code, "guest_name": firm.contact_name}


@require_POST
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the application back."""
    occasion = occasion_for(request.user, slug)
    rows = Invitation.objects.filter(occasion=occasion, enterprise__in=roles_of(request.user), state="applied")
    row = rows.select_related("enterprise", "occasion").first()
    if row is None:
        raise PermissionDenied
    withdraw_application(row, by=request.user, now=clock.now())
    messages.success(request, _("Your application has been taken back."))
    return redirect(occasion)

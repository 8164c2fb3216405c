"""My own page: what I am here, what that allows, who stands in for me, how I am reached."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from liaison.accounts.actions.people import update_own
from liaison.accounts.forms.own import OwnForm
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import Posting, Substitution
from liaison.accounts.rights import hats_of
from liaison.accounts.second_factor import has_second_factor
from liaison.accounts.words import rights_in_words
from liaison.moments import clock


def me(request: SignedInRequest) -> HttpResponse:
    """Read about oneself, and change name, phone and e-mail."""
    user, today = request.user, clock.today()
    form = OwnForm(
        request.POST or None, initial={"name": user.name, "phone": user.phone, "email": user.pending_email or user.email}
    )
    if request.method == "POST" and form.is_valid():
        if update_own(user, **form.cleaned_data):
            get_adapter(request).send_address_confirmation(user)
            messages.info(
                request,
                _("We sent a link to %(email)s; the address counts once you have followed it.") % {"email": user.pending_email},
            )
        messages.success(request, _("Saved."))
        return redirect("me")
    context = {
        "form": form,
        "rights": rights_in_words(hats_of(user)),
        "postings": Posting.objects.filter(user=user).select_related("unit"),
        "stands_in": Substitution.objects.on(today).filter(substitute=user).select_related("absent"),
        "substitutes": Substitution.objects.filter(absent=user, to_on__gte=today).select_related("substitute"),
        "second_factor": has_second_factor(user),
        "today": today,
    }
    return render(request, "accounts/me.html", context, status=400 if form.errors else 200)

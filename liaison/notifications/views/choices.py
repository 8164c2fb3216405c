"""The page “Messages”: by which ways I want to be told, and which of my addresses do not work."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.actions.people import change_own_phone
from liaison.accounts.http import SignedInRequest
from liaison.notifications.addresses import forget, refused_of
from liaison.notifications.forms.choices import ChoicesForm
from liaison.notifications.models import Channel
from liaison.notifications.sms import provider
from liaison.notifications.ways import choose
from liaison.ui.forms import render_form_page


def choices(request: SignedInRequest) -> HttpResponse:
    """Choose."""
    user = request.user
    form = ChoicesForm(request.POST if request.method == "POST" else None, person=user)
    if form.is_valid():
        has_sms = provider() is not None
        offered = [Channel.EMAIL, Channel.SMS] if has_sms else [Channel.EMAIL]
        choose(user, form.wanted(), daily=form.cleaned_data["daily"], offered=offered)
        if has_sms:
            change_own_phone(user, form.cleaned_data["phone"])
        messages.success(request, _("Saved."))
        return redirect("messages")
    return render_form_page(request, "notifications/choices.html", form, {"refused": refused_of(user)})


@require_POST
def address_works(request: SignedInRequest) -> HttpResponse:
    """The mailbox is mended: the next message tries it."""
    forget(request.user, request.POST.get("channel", "")[:10].replace("\0", ""))
    messages.success(request, _("The next message goes there again."))
    return redirect("messages")

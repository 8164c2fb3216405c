"""The link in the letter that confirms an e-mail address; only the button does it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liaison.accounts.confirmation import confirm_email, waiting_for


@never_cache
@login_not_required
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button; pressing it makes the address count."""
    if request.method == "POST" and confirm_email(token):
        messages.success(request, _("Your e-mail address is confirmed."))
        return redirect("me" if request.user.is_authenticated else "account_login")
    waiting = waiting_for(token)
    context = {"email": waiting.pending_email if waiting else ""}
    return render(request, "accounts/confirm_email.html", context, status=200 if waiting else 410)

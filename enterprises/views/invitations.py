"""The link that an invited person follows."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from enterprises.acting import act_for
from enterprises.actions.people import NotPossible, accept_invitation
from enterprises.forms.people import NameTaken, SignUpForm
from enterprises.models import Invitation
from enterprises.models.people import SALT
from enterprises.permissions import may_represent
from enterprises.views.lookup import not_possible
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@sensitive_post_parameters("password1", "password2")
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites whom to what; only a POST accepts."""
    found = _invitation(token)
    if not Invitation.objects.open(clock.now()).filter(pk=found.pk).exists():
        reason = _("This invitation has been used, taken back, or has run out. Ask for a new one.")
        return not_possible(request, NotPossible(reason))
    if isinstance(request.user, User):
        return _for_signed_in(request, found, request.user)
    form = SignUpForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "email": found.email, "phone": found.phone},
    )
    if form.is_valid():
        return _sign_up_and_join(request, found, form)
    return render_form_page(request, "enterprises/invitation.html", form, {"invitation": found})


def _invitation(token: str) -> Invitation:
    try:
        nonce: Any = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    found = Invitation.objects.select_related("enterprise", "invited_by").filter(nonce=str(nonce)).first()
    if found is None:
        raise Http404
    return found


def _for_signed_in(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if not may_represent(user):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "enterprises/invitation.html", {"invitation": found})
    try:
        accept_invitation(found, by=user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer)
    return _welcome(request, found)


def _sign_up_and_join(request: HttpRequest, found: Invitation, form: SignUpForm) -> HttpResponse:
    """Person and place come into being together, or neither does."""
    try:
        with transaction.atomic():
            user = form.create_person()
            accept_invitation(found, by=user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer)
    except NameTaken:
        form.name_taken()
        return render_form_page(request, "enterprises/invitation.html", form, {"invitation": found})
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _welcome(request, found)


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    act_for(request, found.enterprise)
    messages.success(request, _("You act for %(enterprise)s now.") % {"enterprise": found.enterprise.name})
    return redirect(found.enterprise)

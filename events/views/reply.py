"""The link in an invitation: whoever holds it answers for the firm, without an account. GET never answers (TC35)."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.actions.answering import accept_invitation, change_guest, decline_invitation
from events.enums import InvitationState
from events.forms.reply import DeclineForm, GuestForm
from events.models import Invitation
from events.permissions import answers_or_manages
from events.views.lookup import invitation_of, reader_of
from events.workflow import INVITATION_FLOW, over, too_late
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page

SAID = {
    InvitationState.ACCEPTED: _("Thank you: you are expected."),
    InvitationState.WAITING: _("All places are taken. You are on the waiting list and are told as soon as a place is free."),
    InvitationState.DECLINED: _("Thank you for telling us that nobody comes."),
}


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A firm's person, on a phone, out of a mail: what is it, and do we come?"""
    found = invitation_of(token)
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    guest = GuestForm(request.POST if answer == "accept" else None, occasion=found.occasion, initial=GuestForm.initial_of(found))
    decline = DeclineForm(request.POST if answer == "decline" else None)
    by = _who(request, found)
    now = clock.now()
    if answer == "accept" and guest.is_valid():
        changed = found.state == InvitationState.ACCEPTED
        done = (change_guest if changed else accept_invitation)(found, by=by, now=now, guest=guest.guest())
    elif answer == "decline" and decline.is_valid():
        done = decline_invitation(found, by=by, now=now, text=decline.cleaned_data["text"])
    else:
        return _page(request, found, guest, decline)
    messages.success(request, SAID[InvitationState(done.state)])
    return redirect(found.get_absolute_url())


def _who(request: HttpRequest, found: Invitation) -> User | None:
    """Somebody who is signed in and may answer answers in their name, anybody else as the holder of the link."""
    user = reader_of(request)
    return user if user is not None and answers_or_manages(found, user) else None


def _page(request: HttpRequest, found: Invitation, guest: GuestForm, decline: DeclineForm) -> HttpResponse:
    now = clock.now()
    steps = {step.name for step in INVITATION_FLOW if found.state in step.sources and step.unless(found, now) is None}
    context = {
        "invitation": found,
        "occasion": found.occasion,
        "decline": decline,
        "may_accept": bool(steps & {"accept", "guest"}),
        "may_decline": "decline" in steps,
        "shut": over(found, now) or (too_late(found, now) if found.state in {"pending", "declined"} else None),
    }
    page = render_form_page(request, "events/reply.html", guest, context)
    if request.method == "POST" and page.status_code == HTTPStatus.OK:
        page.status_code = HTTPStatus.BAD_REQUEST  # an answer that is none
    return page

"""The page at the door; everything on it works without JavaScript, too."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.door import Scan, Verdict, check_in, undo_check_in, walk_in
from events.forms.door import DoorReasonForm, ScanForm, WalkInForm
from events.guests import guests_called, live_of
from events.models import Invitation, Occasion
from events.views.door.lookup import GATE, gate_of, occasion_at_door
from events.views.door.words import sentence_of
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_safe
def door(request: SignedInRequest, slug: str) -> HttpResponse:
    """Scan, search, let in."""
    occasion = occasion_at_door(request, slug)
    words = request.GET.get("q", "").strip()[:60]
    guests = [(guest, uuid4()) for guest in guests_called(occasion, words)]
    context = {"occasion": occasion, "words": words, "guests": guests, "live": live_of(occasion), "gate": gate_of(request)}
    return render(request, "events/door.html", {**context, "nonce": uuid4(), "scanner": static("vendor/zxing.min.js")})


@require_POST
def let_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """A code from a hand scanner, or the button beside a guest."""
    occasion = occasion_at_door(request, slug)
    form = ScanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was recorded: the code cannot be read. Scan again, or look by name."))
        return redirect("events:door", slug=slug)
    asked = form.cleaned_data
    request.session[GATE] = asked["gate"] or gate_of(request)
    scan = Scan(asked["nonce"], code=asked["code"], invitation_id=asked["invitation"], gate=gate_of(request))
    verdict = check_in(occasion, scan, by=request.user, now=clock.now())
    return _after(request, occasion, verdict)


@require_http_methods(["GET", "HEAD", "POST"])
def let_in_anyway(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody who is not expected, with the reason."""
    occasion, invitation = _guest(request, slug, pk)
    form = DoorReasonForm(_posted(request), initial={"nonce": uuid4()})
    if form.is_valid():
        asked = form.cleaned_data
        scan = Scan(asked["nonce"], invitation_id=pk, gate=gate_of(request), reason=asked["reason"])
        verdict = check_in(occasion, scan, by=request.user, now=clock.now())
        return _after(request, occasion, verdict)
    heading, button = _("Let in all the same"), _("Let in")
    return _reason_page(request, form, invitation, heading, button)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A check-in that was a mistake."""
    _occasion, invitation = _guest(request, slug, pk)
    form = DoorReasonForm(_posted(request), initial={"nonce": uuid4()})
    if form.is_valid():
        asked = {**form.cleaned_data, "gate": gate_of(request)}
        if undo_check_in(invitation, by=request.user, now=clock.now(), **asked):
            messages.success(request, _("Taken back: the guest is not inside."))
        else:
            messages.warning(request, _("The guest was not inside."))
        return redirect("events:door", slug=slug)
    heading, button = _("Take the check-in back"), _("Take back")
    return _reason_page(request, form, invitation, heading, button)


@require_http_methods(["GET", "HEAD", "POST"])
def without_invitation(request: SignedInRequest, slug: str) -> HttpResponse:
    """A firm that is not on the list, matched to the register."""
    occasion = occasion_at_door(request, slug)
    form = WalkInForm(_posted(request), initial={"nonce": uuid4()})
    if form.is_valid():
        verdict = walk_in(occasion, by=request.user, now=clock.now(), gate=gate_of(request), **form.cleaned_data)
        return _after(request, occasion, verdict)
    return render_form_page(request, "events/walk_in.html", form, {"occasion": occasion, "live": live_of(occasion)})


def _guest(request: SignedInRequest, slug: str, pk: int) -> tuple[Occasion, Invitation]:
    occasion = occasion_at_door(request, slug)
    return occasion, get_object_or_404(occasion.invitations.select_related("enterprise", "occasion"), pk=pk)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _reason_page(
    request: SignedInRequest, form: DoorReasonForm, invitation: Invitation, heading: str, button: str
) -> HttpResponse:
    context = {"occasion": invitation.occasion, "invitation": invitation, "heading": heading, "button": button}
    return render_form_page(request, "events/door_reason.html", form, context)


def _after(request: SignedInRequest, occasion: Occasion, verdict: Verdict) -> HttpResponse:
    """Say it, and go on with the next guest; whoever is not expected leads to the page that asks why."""
    tell = messages.success if verdict.is_in else messages.warning
    tell(request, sentence_of(verdict))
    if verdict.may_force and verdict.invitation is not None:
        return redirect("events:door-anyway", slug=occasion.slug, pk=verdict.invitation.pk)
    words = request.POST.get("q", "").strip()[:60]
    query = f"?{urlencode({'q': words})}" if words else ""
    return redirect(f"{reverse('events:door', args=[occasion.slug])}{query}")

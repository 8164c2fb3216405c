"""Who is invited and how they answered; decisions of event staff about one invitation."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import answering, inviting
from events.forms.filters import InvitationFilterForm
from events.forms.reply import DeclineForm, GuestForm, SubstituteForm, WhyForm
from events.models import Invitation
from events.permissions import manages, presides
from events.places import free_places
from events.views.detail import counts_of
from events.views.lookup import occasion_for
from events.workflow import INVITATION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import PortalForm, render_form_page
from liaison.ui.paging import count_up_to, keyset_page

ADDRESSES: Final = {step.address for step in INVITATION_FLOW} - {"withdraw"}
DONE: Final = {
    "accept": _("Recorded that the firm comes, or waits for a place."),
    "decline": _("Recorded that the firm does not come. Its place is offered to the next in line."),
    "guest": _("Changed. A code sent before is void."),
    "approve-guest": _("Decided. The firm has been told."),
    "admit": _("Admitted, or put on the waiting list when all places are taken."),
    "refuse": _("Declined. The firm has been told the reason."),
    "prefer": _("Moved to the front of the waiting list."),
    "revoke": _("Taken back. The firm has been told the reason."),
}


@require_safe
def listing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Event staff see whom to call; leaders see who comes."""
    occasion = occasion_for(request.user, slug)
    staff = manages(request.user)
    if not staff and not presides(occasion, request.user):
        raise PermissionDenied
    form = InvitationFilterForm(request.GET)
    rows = form.narrow(occasion.invitations.select_related("enterprise", "occasion"))
    page = keyset_page(rows, request.GET, by="pk")
    now = clock.now()
    lines = [(row, INVITATION_FLOW.open_to(row, request.user, now) if staff else []) for row in page]
    context = {"occasion": occasion, "form": form, "page": page, "lines": lines, "counts": counts_of(occasion)}
    return render(
        request,
        "events/invitations.html",
        {
            **context,
            "count": count_up_to(rows),
            "free": free_places(occasion),
            "manages": staff,
            "draws": occasion.draws.select_related("by") if staff else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, slug: str, pk: int, page: str) -> HttpResponse:
    """Decide about one invitation, or answer for a firm that telephoned."""
    if page not in ADDRESSES:
        raise Http404
    occasion = occasion_for(request.user, slug)
    if not manages(request.user):
        raise PermissionDenied
    invitation = get_object_or_404(occasion.invitations.select_related("enterprise", "occasion"), pk=pk)
    now = clock.now()
    taken = INVITATION_FLOW.check(page, invitation, request.user, now)
    form = _form(page, request, invitation)
    if form.is_valid():
        ACTS[page](invitation, form, {"by": request.user, "now": now})
        messages.success(request, DONE[page])
        return redirect("events:invitations", slug=slug)
    context = {"occasion": occasion, "invitation": invitation, "step": taken}
    return render_form_page(request, "events/invitation_step.html", form, context)


def _form(page: str, request: SignedInRequest, invitation: Invitation) -> forms.Form:
    posted = request.POST if request.method == "POST" else None
    match page:
        case "accept" | "guest":
            return GuestForm(posted, occasion=invitation.occasion, initial=GuestForm.initial_of(invitation))
        case "decline":
            return DeclineForm(posted)
        case "approve-guest":
            return SubstituteForm(posted)
        case "admit":
            return PortalForm(posted)
        case _:
            return WhyForm(posted)


Act = Callable[[Invitation, Any, dict[str, Any]], Invitation]
ACTS: Final[dict[str, Act]] = {
    "accept": lambda row, form, who: answering.accept_invitation(row, guest=form.guest(), **who),
    "guest": lambda row, form, who: answering.change_guest(row, guest=form.guest(), **who),
    "decline": lambda row, form, who: answering.decline_invitation(row, text=form.cleaned_data["text"], **who),
    "approve-guest": lambda row, form, who: answering.decide_substitute(
        row, approved=form.cleaned_data["result"] == "approve", note=form.cleaned_data["note"], **who
    ),
    "admit": lambda row, _form, who: inviting.admit_application(row, **who),
    "refuse": lambda row, form, who: inviting.refuse_application(row, reason=form.cleaned_data["reason"], **who),
    "prefer": lambda row, form, who: inviting.prefer_waiting(row, reason=form.cleaned_data["reason"], **who),
    "revoke": lambda row, form, who: inviting.revoke_invitation(row, reason=form.cleaned_data["reason"], **who),
}

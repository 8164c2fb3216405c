"""The guest's code: shown to whoever holds the link, on a phone or printed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.codes import picture_of
from events.enums import InvitationState, Stage
from events.views.lookup import invitation_of


@never_cache
@login_not_required
@require_safe
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The code and the name; whoever is not coming (any more) is led to the invitation."""
    invitation = invitation_of(token)
    if invitation.state != InvitationState.ACCEPTED or invitation.occasion.stage == Stage.CANCELLED:
        return redirect(invitation.get_absolute_url())
    picture = picture_of(invitation, _("Code for the door"))
    return render(request, "events/code.html", {"invitation": invitation, "occasion": invitation.occasion, "picture": picture})

"""One page for every step of an occasion: GET shows the form, POST does it, then back to the occasion."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from events.actions import inviting, planning
from events.forms.steps import STEP_FORMS
from events.models import Occasion
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page

ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "publish": planning.publish_occasion,
    "invite": inviting.invite_firms,
    "reschedule": planning.reschedule_occasion,
    "replace": planning.replace_presiding,
    "hold": planning.hold_occasion,
    "close": planning.close_occasion,
    "clone": planning.clone_occasion,
    "cancel": planning.cancel_occasion,
}
DONE: Final = {
    "publish": _("Published. Now invite the enterprises."),
    "invite": _("Invited. Each enterprise has been told and can answer by its link."),
    "reschedule": _("Moved. Everybody invited has been told; calendars move their entry."),
    "replace": _("Changed. Whoever presides now has been told."),
    "hold": _("Recorded."),
    "close": pgettext_lazy("occasion", "Closed."),
    "clone": _("Planned. Check the details, then publish it."),
    "cancel": _("Cancelled. Everybody invited has been told; calendars take it out."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: SignedInRequest, slug: str, page: str) -> HttpResponse:
    """The form of a step, or why it is not open."""
    if page not in STEP_FORMS:
        raise Http404
    now = clock.now()
    occasion = occasion_for(request.user, slug)
    step = OCCASION_FLOW.check(page, occasion, request.user, now)
    form = STEP_FORMS[page](request.POST if request.method == "POST" else None, occasion=occasion, now=now)
    if form.is_valid():
        done = ACTIONS[page](occasion, by=request.user, now=now, **form.values())
        messages.success(request, DONE[page])
        return redirect(done if isinstance(done, Occasion) else occasion)
    return render_form_page(request, "events/step.html", form, {"occasion": occasion, "step": step})

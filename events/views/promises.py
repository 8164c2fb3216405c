"""One confirmation: every point that was taken away becomes an issue."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.actions.promises import JoinedElsewhere, take_up
from events.forms.promises import PromiseForm
from events.models import Occasion, Point
from events.permissions import triages
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from issues.actions.intake import FirmNotOpen
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.workflow import NotYourStep


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Category, nature, units and limit of each; all of them at once, or none."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    if not OCCASION_FLOW["take-up"].who(occasion, request.user):
        raise NotYourStep
    points = _points(occasion)
    if request.method == "POST" and not points and occasion.points.promised().exists():
        messages.info(request, _("All of it has been turned into issues already."))  # the same page, posted twice
        return redirect("events:points", slug=slug)
    OCCASION_FLOW.check("take-up", occasion, request.user, now)
    posted = request.POST if request.method == "POST" else None
    at_desk = triages(request.user)
    forms = [PromiseForm(posted, point=point, by=request.user, at_desk=at_desk) for point in points]
    wanted = [form for form in forms if posted is not None and form.is_wanted]
    error = ""
    if wanted and all(list(map(PromiseForm.is_valid, wanted))):  # every form shows its own errors
        try:
            issues = take_up(occasion, by=request.user, now=now, promises=[form.promise() for form in wanted])
        except FirmNotOpen as shut:
            error = _("%(firm)s is not verified any more, so nothing can be entered for it.") % {"firm": shut.enterprise.name}
        except JoinedElsewhere as taken:
            error = _("%(number)s has been joined to another point meanwhile. Look at the choices again.") % {
                "number": taken.issue.number
            }
        else:
            words = ngettext("%(count)d point has an issue now.", "%(count)d points have issues now.", len(issues))
            messages.success(request, words % {"count": len(issues)})
            return redirect("events:points", slug=slug)
    if posted is not None and not wanted:
        error = _("Tick at least one point.")
    context = {"occasion": occasion, "forms": forms, "wanted": wanted, "error": error, "at_desk": at_desk}
    status = HTTPStatus.OK if posted is None else HTTPStatus.BAD_REQUEST
    return render(request, "events/promises.html", context, status=status)


def _points(occasion: Occasion) -> list[Point]:
    rows = occasion.points.to_take_up().filter(enterprise__isnull=False)
    return list(rows.select_related("enterprise", "agenda_item__topic__unit", "occasion").order_by("number"))

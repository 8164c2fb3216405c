"""What was raised in a meeting, and how far its promises are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions.points import change_point, record_point
from events.chain import lines_of
from events.forms.points import PointForm
from events.permissions import reads_record
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Points with the live state of their issues; event staff write down the next one."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    if request.method == "POST":
        OCCASION_FLOW.check("record-point", occasion, request.user, now)
    form = PointForm(request.POST if request.method == "POST" else None, occasion=occasion)
    if form.is_valid():
        point = record_point(occasion, by=request.user, now=now, said=form.said(), once_key=form.cleaned_data["once_key"])
        messages.success(request, _("Point %(number)d has been recorded.") % {"number": point.number})
        return redirect("events:points", slug=slug)
    whole = reads_record(occasion, request.user)
    rows = occasion.points.with_all()
    points = rows if whole else rows.of_reader(request.user)
    open_steps = {step.name: step for step in OCCASION_FLOW.open_to(occasion, request.user, now)}
    context = {
        "occasion": occasion,
        "lines": lines_of(points.order_by("number"), request.user, now, whole=whole),
        "may_record": "record-point" in open_steps,
        "take_up": open_steps.get("take-up"),
    }
    return render_form_page(request, "events/points.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put right what was written down."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    rows = occasion.points.with_all()
    point = get_object_or_404(rows if reads_record(occasion, request.user) else rows.of_reader(request.user), number=number)
    OCCASION_FLOW.check("record-point", occasion, request.user, now)
    form = PointForm(request.POST if request.method == "POST" else None, occasion=occasion, point=point)
    if form.is_valid():
        change_point(point, by=request.user, now=now, said=form.said(), version=form.cleaned_data["version"])
        messages.success(request, _("Changed."))
        return redirect(point)
    return render_form_page(request, "events/point.html", form, {"occasion": occasion, "point": point})

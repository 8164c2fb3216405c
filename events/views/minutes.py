"""Minutes: reading them, writing them beside others, submitting, returning, approving."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import minutes as acts
from events.forms.minutes import MinutesForm, ReturnForm, RevisionForm, first_text
from events.guards import newest_revision
from events.merging import Merged, Part, merge
from events.models import Occasion, Paragraph, Revision
from events.permissions import reads_drafts, reads_record
from events.publication import approved_revision
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page

DONE: Final = {
    "submit-minutes": _("Submitted. The host has been told."),
    "return-minutes": _("Returned. Event staff have been told."),
    "approve": _("Approved. Event staff have been told."),
}
FORMS: Final = {"submit-minutes": RevisionForm, "return-minutes": ReturnForm, "approve": RevisionForm}
ACTS: Final[dict[str, Any]] = {
    "submit-minutes": acts.submit_minutes,
    "return-minutes": acts.return_minutes,
    "approve": acts.approve_minutes,
}


@require_safe
def read(request: SignedInRequest, slug: str) -> HttpResponse:
    """The approved minutes; event staff and who presides read every revision."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    drafts = reads_drafts(occasion, request.user)
    if not drafts and not reads_record(occasion, request.user):
        raise PermissionDenied
    shown = _asked_for(occasion, request.GET.get("revision", "")) if drafts else approved_revision(occasion)
    steps = [step for step in OCCASION_FLOW.open_to(occasion, request.user, now) if step.name in {"save-minutes", *FORMS}]
    revisions = list(occasion.revisions.select_related("saved_by", "approved_by")) if drafts else []
    context = {"occasion": occasion, "revision": shown, "paragraphs": paragraphs_of(shown), "revisions": revisions}
    return render(request, "events/minutes.html", {**context, "steps": steps})


def _asked_for(occasion: Occasion, number: str) -> Revision | None:
    """The newest, or the one that the address names."""
    if not number:
        return newest_revision(occasion)
    if not number.isascii() or not number.isdigit() or len(number) > 6:  # noqa: PLR2004 - so many revisions nobody saves
        raise Http404
    return get_object_or_404(occasion.revisions, number=int(number))


def paragraphs_of(revision: Revision | None) -> list[Paragraph]:
    """What is read of it."""
    return list(revision.paragraphs.exclude(text="").select_related("point__enterprise", "point__occasion")) if revision else []


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write; whoever comes second sees both versions and loses nothing (TC30)."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    OCCASION_FLOW.check("save-minutes", occasion, request.user, now)
    points = list(occasion.points.select_related("enterprise").order_by("number"))
    if request.method != "POST":
        newest = newest_revision(occasion)
        form = MinutesForm(parts=_to_begin_with(newest, points), points=points, revision=newest.number if newest else 0)
        return render(request, "events/minutes_edit.html", {"occasion": occasion, "form": form})
    form = MinutesForm(request.POST, points=points)
    if not form.is_valid():
        return render_form_page(request, "events/minutes_edit.html", form, {"occasion": occasion})
    seen, mine = form.cleaned_data["revision"], form.parts()
    try:
        saved = acts.save_minutes(occasion, by=request.user, now=now, revision=seen, parts=mine)
    except acts.StaleMinutes as stale:
        merged = _merged(occasion, seen, stale.newest, mine)
        form = MinutesForm(parts=[each.part for each in merged], points=points, revision=stale.newest.number, merged=merged)
        context = {"occasion": occasion, "form": form, "other": stale.newest}
        return render(request, "events/minutes_edit.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved.") if saved else _("Nothing has been written yet."))
    return redirect("events:minutes", slug=slug)


def _to_begin_with(newest: Revision | None, points: Any) -> list[Part]:
    """The newest text, and a proposal for each point that it says nothing about."""
    known = acts.parts_of(newest)
    keys = {part.key for part in known}
    return [*known, *(Part(f"p{point.pk}", first_text(point)) for point in points if f"p{point.pk}" not in keys)]


def _merged(occasion: Occasion, seen: int, newest: Revision, mine: list[Part]) -> list[Merged]:
    base = occasion.revisions.filter(number=seen).first()
    return merge(acts.parts_of(base), acts.parts_of(newest), mine)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, slug: str, page: str) -> HttpResponse:
    """Submit, return or approve exactly the text that stands on the page."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    step = OCCASION_FLOW.check(page, occasion, request.user, now)
    newest = newest_revision(occasion)
    assert newest is not None  # the guard says so
    form = FORMS[page](request.POST if request.method == "POST" else None, initial={"revision": newest.number})
    if form.is_valid():
        ACTS[page](occasion, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, DONE[page])
        return redirect("events:minutes", slug=slug)
    context = {"occasion": occasion, "step": step, "revision": newest, "paragraphs": paragraphs_of(newest)}
    return render_form_page(request, "events/minutes_step.html", form, context)

"""Topics that firms proposed, the units' draft replies, and the agenda made of them."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import topics as acts
from events.chain import promises_of_last
from events.forms.topics import TOPIC_FORMS, AgendaForm
from events.models import Topic
from events.permissions import manages, reads_record
from events.programme import timed
from events.topic_flow import TOPIC_FLOW
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page

DONE: Final = {
    "assign": _("Given to the unit. It has been told the day."),
    "draft": _("Saved. Event staff have been told."),
    "set-aside": _("Put aside. The enterprise reads the reason."),
}
ACTS: Final[dict[str, Callable[..., Topic]]] = {
    "assign": acts.assign_topic,
    "draft": acts.draft_reply,
    "set-aside": acts.set_topic_aside,
}


@require_safe
def listing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Event staff and leaders see all topics, units those given to them, firms their own."""
    occasion = occasion_for(request.user, slug)
    now = clock.now()
    whole = reads_record(occasion, request.user)
    rows = occasion.topics.select_related("enterprise", "unit", "replied_by", "occasion").order_by("pk")
    shown = rows if whole else rows.of_reader(request.user)
    lines = [(topic, _steps(topic, request, now), _reads_reply(topic, request, whole=whole)) for topic in shown]
    items = occasion.agenda.select_related("topic__enterprise", "topic__unit") if whole else []
    context = {"occasion": occasion, "lines": lines, "agenda": list(timed(occasion.starts_at, items)), "whole": whole}
    may_change = bool({"save-agenda"} & {step.name for step in OCCASION_FLOW.open_to(occasion, request.user, now)})
    last = promises_of_last(occasion, request.user, now) if whole else None
    return render(request, "events/topics.html", {**context, "may_change": may_change, "last": last})


def _steps(topic: Topic, request: SignedInRequest, now: Any) -> list[Any]:
    return [step for step in TOPIC_FLOW.open_to(topic, request.user, now) if step.name in TOPIC_FORMS]


def _reads_reply(topic: Topic, request: SignedInRequest, *, whole: bool) -> bool:
    return whole or TOPIC_FLOW["draft"].who(topic, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, slug: str, pk: int, page: str) -> HttpResponse:
    """Ask a unit, write the draft, put aside."""
    if page not in TOPIC_FORMS:
        raise Http404
    occasion = occasion_for(request.user, slug)
    rows = occasion.topics if reads_record(occasion, request.user) else occasion.topics.of_reader(request.user)
    topic = get_object_or_404(rows.select_related("enterprise", "unit", "occasion"), pk=pk)
    now = clock.now()
    taken = TOPIC_FLOW.check(page, topic, request.user, now)
    form = TOPIC_FORMS[page](request.POST if request.method == "POST" else None, topic=topic, now=now)
    if form.is_valid():
        ACTS[page](topic, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, DONE[page])
        return redirect(topic)
    return render_form_page(request, "events/topic_step.html", form, {"occasion": occasion, "topic": topic, "step": taken})


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: SignedInRequest, slug: str) -> HttpResponse:
    """Event staff set minutes and order; topics that are not in it yet are offered as lines."""
    occasion = occasion_for(request.user, slug)
    if not manages(request.user):
        raise PermissionDenied
    now = clock.now()
    OCCASION_FLOW.check("save-agenda", occasion, request.user, now)
    topics = acts.topics_without_item(occasion)
    form = AgendaForm(request.POST if request.method == "POST" else None, occasion=occasion, topics=topics)
    if form.is_valid():
        acts.save_agenda(occasion, by=request.user, now=now, lines=form.agenda(), version=form.cleaned_data["version"])
        messages.success(request, _("The agenda has been saved."))
        return redirect("events:topics", slug=slug)
    context = {"occasion": occasion, "last": promises_of_last(occasion, request.user, now)}
    return render_form_page(request, "events/agenda.html", form, context)

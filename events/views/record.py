"""What the public reads of a meeting, and a firm's own page about it: its topics, its points, its consent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.points import give_consent
from events.actions.topics import CannotPropose, propose_topic, withdraw_topic
from events.chain import Line, lines_of
from events.enums import AFTER
from events.forms.topics import TopicForm
from events.models import Invitation, Occasion
from events.permissions import answers_for
from events.publication import published
from events.topic_flow import TOPIC_FLOW, cannot_propose
from events.views.lookup import invitation_of, reader_of
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody, whoever was invited: what was approved and is to be published; 404 as long as that is nothing."""
    occasion = get_object_or_404(
        Occasion.objects.filter(stage__in=sorted(AFTER)).select_related("series", "host_unit"), slug=slug
    )
    paragraphs = published(occasion)
    if not paragraphs:
        raise Http404
    return render(request, "events/published.html", {"occasion": occasion, "paragraphs": paragraphs})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_firm(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link acts for the firm; looking changes nothing."""
    found = invitation_of(token)
    by, now = _who(request, found), clock.now()
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = TopicForm(request.POST if act == "propose" else None)
    if act in {"consent", "no-consent"}:
        if not may_consent(found):
            raise Http404
        give_consent(found, by=by, now=now, given=act == "consent")
        messages.success(request, _("Your decision has been recorded and takes effect at once."))
        return redirect("invitation-record", token=token)
    if act == "withdraw":
        _withdraw(request, found, by)
        return redirect("invitation-record", token=token)
    if act == "propose" and form.is_valid():
        try:
            propose_topic(found, by=by, now=now, **form.cleaned_data)
        except CannotPropose as shut:
            form.add_error(None, str(shut.reason))
        else:
            messages.success(request, _("Thank you. The organisers have been told of your topic."))
            return redirect("invitation-record", token=token)
    page = render_form_page(request, "events/of_firm.html", form, _context(found, by))
    if request.method == "POST":
        page.status_code = 400
    return page


def _withdraw(request: HttpRequest, found: Invitation, by: User | None) -> None:
    number = request.POST.get("topic", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:  # noqa: PLR2004 - digits of a key
        raise Http404
    topic = get_object_or_404(found.occasion.topics.filter(enterprise=found.enterprise_id), pk=int(number))
    withdraw_topic(topic, by=by, now=clock.now())
    messages.success(request, _("Your topic has been withdrawn."))


def _who(request: HttpRequest, found: Invitation) -> User | None:
    """Somebody who is signed in and represents the firm acts in their name, anybody else as the holder of the link."""
    user = reader_of(request)
    return user if user is not None and answers_for(found, user) else None


def may_consent(found: Invitation) -> bool:
    """After the meeting, a firm that was there or spoke."""
    occasion = found.occasion
    spoke = occasion.points.filter(enterprise=found.enterprise_id).exists()
    return occasion.stage in AFTER and (spoke or found.state == "accepted")


def _context(found: Invitation, by: User | None) -> dict[str, Any]:
    now, occasion = clock.now(), found.occasion
    topics = list(occasion.topics.filter(enterprise=found.enterprise_id).select_related("occasion"))
    points = occasion.points.filter(enterprise=found.enterprise_id).with_all().order_by("number")
    lines = lines_of(points, by, now, whole=False) if by is not None else [Line(point) for point in points]
    withdraw = TOPIC_FLOW["withdraw-topic"]
    consent = occasion.consents.filter(enterprise=found.enterprise_id).first()
    return {
        "invitation": found,
        "occasion": occasion,
        "topics": [(topic, topic.state in withdraw.sources and withdraw.unless(topic, now) is None) for topic in topics],
        "lines": lines,
        "why_not": cannot_propose(found, now),
        "may_consent": may_consent(found),
        "consent": consent,
    }

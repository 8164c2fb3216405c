"""One occasion: what, when, where, who; what the reader can do now."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.models import Enterprise
from events.actions.inviting import cannot_apply
from events.enums import InvitationState
from events.models import Invitation, Occasion
from events.permissions import manages, presides
from events.places import free_places
from events.programme import timed
from events.record import record_of
from events.story import Line, story_of
from events.views.lookup import occasion_for, reader_of
from events.workflow import FILES_FLOW, OCCASION_FLOW
from liaison.accounts.models import User
from liaison.moments import clock


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A firm decides whether to come; staff see how far it is."""
    user = reader_of(request)
    occasion = occasion_for(user, slug)
    return render(request, "events/detail.html", page_of(occasion, user))


def page_of(occasion: Occasion, user: User | None) -> dict[str, Any]:
    """What the page of an occasion shows this reader."""
    now = clock.now()
    context: dict[str, Any] = {
        "occasion": occasion,
        "programme": list(timed(occasion.starts_at, occasion.programme.all())),
        "signed_in": user is not None,
    }
    context["record"] = record_of(occasion, user, now)
    if user is None:
        return {**context, "may_sign_in_to_apply": occasion.by_application and occasion.reply_by > now}
    staff = manages(user)
    context |= {
        "steps": OCCASION_FLOW.open_to(occasion, user, now),
        "file_steps": {step.address for step in FILES_FLOW.open_to(occasion, user, now)},
        "waiting_steps": OCCASION_FLOW.waiting_for(occasion, user, now),
        "mine": list(Invitation.objects.of_people(user).filter(occasion=occasion).select_related("enterprise")),
        "may_apply": not staff and bool(_applicants(occasion, user)) and occasion.by_application,
    }
    if staff or presides(occasion, user):
        context |= {"manages": staff, "presides": not staff, "counts": counts_of(occasion), "free": free_places(occasion)}
    if staff:
        story: list[Line] = story_of(occasion)
        context["story"] = story
    return context


def counts_of(occasion: Occasion) -> list[tuple[str, int, str]]:
    """How many invitations stand how: words, number, state; those that nobody has are left out."""
    rows = occasion.invitations.order_by().values_list("state").annotate(n=Count("pk"))
    by_state = dict(rows)
    return [(str(state.label), by_state[state.value], state.value) for state in InvitationState if by_state.get(state.value)]


def _applicants(occasion: Occasion, user: User) -> list[Enterprise]:
    now = clock.now()
    known = occasion.invitations.exclude(state=InvitationState.WITHDRAWN).values("enterprise")
    firms = Enterprise.objects.represented_by(user).exclude(pk__in=known)
    return [firm for firm in firms if cannot_apply(occasion, firm, now) is None]

"""Fair rotation: set the rule, look at the result with every reason, then invite."""

import secrets
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.rotating import OtherResult, invite_by_rotation, result_of, set_rule
from events.forms.draw import LARGEST_SEED, RuleForm
from events.models import Occasion
from events.permissions import manages
from events.pool import Names, draw_for, rule_of
from events.rotation.drawing import Choice, Passed
from events.rotation.words import say
from events.views.lookup import occasion_for
from events.workflow import OCCASION_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page

PASSED_SHOWN: Final = 100
SEEDS: Final = 1_000_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Event staff decide whether this list goes out; everybody who asks later reads why."""
    occasion = occasion_for(request.user, slug)
    OCCASION_FLOW.check("draw", occasion, request.user, clock.now())
    if request.method == "POST" and "expected" in request.POST:
        return _invite(request, occasion)
    if request.method == "POST":
        form = RuleForm(request.POST)
        if form.is_valid():
            values = dict(form.cleaned_data)
            seed = values.pop("seed")
            set_rule(occasion, by=request.user, now=clock.now(), values=values)
            return redirect(f"{request.path}?seed={seed}")
        return render_form_page(request, "events/draw.html", form, {"occasion": occasion})
    seed = seed_of(request.GET.get("seed", ""))
    initial = RuleForm.initial_of(rule_of(occasion), secrets.randbelow(SEEDS) if seed is None else seed)
    result = {} if seed is None else _result(occasion, seed)
    return render_form_page(request, "events/draw.html", RuleForm(initial=initial), {"occasion": occasion, **result})


def seed_of(text: str) -> int | None:
    """A seed out of an address; None for what is none."""
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(LARGEST_SEED)):
        return None
    return int(text) if int(text) <= LARGEST_SEED else None


def _invite(request: SignedInRequest, occasion: Occasion) -> HttpResponse:
    seed = seed_of(request.POST.get("seed", "")) or 0
    try:
        new = invite_by_rotation(occasion, by=request.user, now=clock.now(), seed=seed, expected=request.POST.get("expected", ""))
    except OtherResult:
        messages.warning(request, _("The register or the invitations have changed since. Look at the new result first."))
        return redirect(f"{request.path}?seed={seed}")
    messages.success(request, _("%(count)d firms invited. The draw is kept with all its reasons.") % {"count": len(new)})
    return redirect(reverse("events:invitations", args=[occasion.slug]))


def _result(occasion: Occasion, seed: int) -> dict[str, Any]:
    drawn, name = draw_for(occasion, seed), Names()

    def line(place: Choice | Passed) -> dict[str, Any]:
        return {"place": place, "why": [say(reason, name) for reason in place.reasons]}

    return {
        "drawn": drawn,
        "seed": seed,
        "chosen": [line(choice) for choice in drawn.chosen],
        "passed": [line(passed) for passed in drawn.passed_over[:PASSED_SHOWN]],
        "not_shown": max(len(drawn.passed_over) - PASSED_SHOWN, 0),
        "expected": result_of([choice.code for choice in drawn.chosen]),
    }


@require_safe
def record(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A draw that was made, as it was kept."""
    occasion = occasion_for(request.user, slug)
    if not manages(request.user):
        raise PermissionDenied
    kept = get_object_or_404(occasion.draws.select_related("by"), pk=pk)
    language = "en" if get_language() == "en" else "zh"
    rows = [
        {"chosen": chosen, **row, "why": [reason["words"][language] for reason in row["reasons"]]}
        for chosen, part in ((True, "chosen"), (False, "passed_over"))
        for row in kept.result[part][: None if chosen else PASSED_SHOWN]
    ]
    return render(request, "events/draw_record.html", {"occasion": occasion, "draw": kept, "rows": rows})

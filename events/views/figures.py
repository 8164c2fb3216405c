"""What the meetings of a year or a series came to; every figure opens the list that it counts."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.models import Enterprise
from events.figures import Scope, figures_of, first_reached, held_with, reached, small_reached, years
from events.forms.figures import LISTS, OCCASIONS, FiguresForm
from events.models import OccasionQuerySet
from events.permissions import sees_figures
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right, hats_of
from liaison.ui.paging import count_up_to, keyset_page

FIRMS: Final[dict[str, Callable[[Scope], QuerySet[Enterprise]]]] = {
    "reached": reached,
    "first": first_reached,
    "small": small_reached,
}


@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    """For the report of the year, and for whoever asks whether it is always the same firms that come."""
    if not sees_figures(request.user):
        raise PermissionDenied
    form = _form(request)
    if not form.is_valid():
        raise Http404
    names_firms = hats_of(request.user).may(Right.READ_ENTERPRISES)
    scope, show = form.scope(), form.cleaned_data["show"]
    context = {"form": form, "address": _address(scope), "names_firms": names_firms}
    if not show:
        return render(request, "events/figures.html", {**context, "figures": figures_of(scope)})
    if show != OCCASIONS and not names_firms:
        raise PermissionDenied
    rows = _occasions(form) if show == OCCASIONS else FIRMS[show](scope)
    by = "-starts_at" if show == OCCASIONS else "-applied_at"
    found: dict[str, Any] = {"page": keyset_page(rows.for_list(), request.GET, by=by), "count": count_up_to(rows)}  # type: ignore[attr-defined, arg-type]
    words = {"title": LISTS[show], "narrowed": form.words(), "of_firms": show != OCCASIONS}
    return render(request, "events/figures_list.html", {**context, **found, **words})


def _form(request: SignedInRequest) -> FiguresForm:
    """What the address asks for; where it names no year, the newest one in which something was held."""
    known = years()
    asked = request.GET.copy()
    if "year" not in asked and known:
        asked["year"] = str(known[0])
    return FiguresForm(asked, years=known)


def _occasions(form: FiguresForm) -> OccasionQuerySet:
    asked = form.cleaned_data
    rows = form.scope().held() if asked["leader"] is None else held_with(form.scope(), asked["leader"])
    return rows.filter(**{name: asked[name] for name in ("kind", "action") if asked[name]})


def _address(scope: Scope) -> str:
    """What the links of this page begin with."""
    query = QueryDict(mutable=True)
    query["year"] = str(scope.year or "")
    query["series"] = scope.series.code if scope.series else ""
    return f"?{query.urlencode()}"

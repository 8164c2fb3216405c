"""What the meetings of a year or a series came to; every figure opens the list that it counts."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.models import Enterprise
from events import figures
from events.chain import lines_of
from events.figures import Scope, figures_of, years
from events.forms.figures import LISTS, FiguresForm
from events.models import Invitation, OccasionQuerySet, PointQuerySet
from events.permissions import sees_figures
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.moments import clock
from liaison.ui.paging import count_up_to, keyset_page

FIRMS: Final[dict[str, Callable[[Scope], QuerySet[Enterprise]]]] = {
    "reached": figures.reached,
    "first": figures.first_reached,
    "small": figures.small_reached,
}
GUESTS: Final[dict[str, Callable[[Scope], QuerySet[Invitation]]]] = {
    "announced": figures.announced,
    "no_shows": figures.no_shows,
}
POINTS: Final[dict[str, Callable[[Scope], PointQuerySet]]] = {
    "points": figures.points,
    "promises": figures.promises,
    "kept": figures.kept,
}
OCCASIONS: Final[dict[str, Callable[[Scope], OccasionQuerySet]]] = {
    "occasions": Scope.held,
    "watched": figures.watched,
    "booklets": figures.with_booklets,
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
    if (show in FIRMS or show in GUESTS) and not names_firms:
        raise PermissionDenied
    found = _points(form, request) if show in POINTS else _rows(form, request)
    words = {"title": LISTS[show], "narrowed": form.words()}
    return render(request, "events/figures_list.html", {**context, **found, **words})


def _form(request: SignedInRequest) -> FiguresForm:
    """What the address asks for; where it names no year, the newest one in which something was held."""
    known = years()
    asked = request.GET.copy()
    if "year" not in asked and known:
        asked["year"] = str(known[0])
    return FiguresForm(asked, years=known)


def _rows(form: FiguresForm, request: SignedInRequest) -> dict[str, Any]:
    """Meetings, firms, or firms at meetings."""
    show, scope = form.cleaned_data["show"], form.scope()
    if show in FIRMS:
        rows: Any = FIRMS[show](scope)
        return {"of": "firms", "page": keyset_page(rows.for_list(), request.GET, by="-applied_at"), "count": count_up_to(rows)}
    if show in GUESTS:
        rows = GUESTS[show](scope).select_related("enterprise", "occasion__series")
        return {"of": "guests", "page": keyset_page(rows, request.GET, by="-pk"), "count": count_up_to(rows)}
    rows = _occasions(form)
    return {"of": show, "page": keyset_page(rows.for_list(), request.GET, by="-starts_at"), "count": count_up_to(rows)}


def _occasions(form: FiguresForm) -> OccasionQuerySet:
    asked = form.cleaned_data
    rows = OCCASIONS[asked["show"]](form.scope()) if asked["leader"] is None else figures.held_with(form.scope(), asked["leader"])
    return rows.filter(**{name: asked[name] for name in ("kind", "action") if asked[name]})


def _points(form: FiguresForm, request: SignedInRequest) -> dict[str, Any]:
    """Points of the records that the reader reads; how many others were counted is said."""
    show, kind = form.cleaned_data["show"], form.cleaned_data["point"]
    rows = POINTS[show](form.scope())
    if kind:
        rows = rows.filter(kind=kind)
    shown = _shown(rows, show, request.user)
    page = keyset_page(shown.with_all(), request.GET, by="-pk")
    lines = lines_of(page, request.user, clock.now(), whole=True)
    return {"of": "points", "page": page, "lines": lines, "count": count_up_to(shown), "hidden": rows.count() - shown.count()}


def _shown(rows: PointQuerySet, show: str, reader: User) -> PointQuerySet:
    """Being among the kept ones says what became of the issue, of which some may say nothing."""
    shown = figures.of_read_records(rows, reader)
    return figures.without_quiet(shown, reader) if show == "kept" else shown


def _address(scope: Scope) -> str:
    """What the links of this page begin with."""
    query = QueryDict(mutable=True)
    query["year"] = str(scope.year or "")
    query["series"] = scope.series.code if scope.series else ""
    return f"?{query.urlencode()}"

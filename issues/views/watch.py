"""The watch board: in five seconds what is late and whose it is, then the list."""

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.forms.watch import WatchFilter
from issues.queries import Asker
from issues.watching import NEWEST, WATCHERS, WORST_FIRST, UnitCount, counts_by_unit, newest_first, watched, watched_by
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.paging import count_up_to, keyset_page

UNITS_SHOWN: Final = 8


@require_safe
@right_required(*WATCHERS)
def board(request: SignedInRequest) -> HttpResponse:
    """What is yellow and red, at which rung, whose, how late."""
    asker = Asker(request.user, clock.now())
    form = WatchFilter(request.GET)
    valid = form.is_valid()
    everything = watched_by(asker)
    rows = form.narrow(everything, asker)
    page = keyset_page(newest_first(rows.select_related("unit")), request.GET, by=NEWEST)
    context = {
        "filter": form,
        "page": page,
        "rows": watched(page, asker),
        "count": count_up_to(rows),
        **_at_a_glance(counts_by_unit(everything, asker.now)),
    }
    return render(request, "issues/watch.html", context, status=HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST)


def _at_a_glance(units: list[UnitCount]) -> dict[str, Any]:
    """How many of each light, and whose; units beyond the worst ones stand behind a fold."""
    return {
        "totals": [(colour, sum(getattr(unit, colour) for unit in units)) for colour in WORST_FIRST],
        "units": units[:UNITS_SHOWN],
        "more_units": units[UNITS_SHOWN:],
        "most": max((unit.total for unit in units), default=1),
    }

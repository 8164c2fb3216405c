"""What the ladder will do in the next days, and whether it did what it should."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right, hats_of
from liaison.clocks.enums import Condition, Light
from liaison.clocks.forecast import Planned, Verdict, should_have_fired, would_fire
from liaison.clocks.forms.forecast import ClockFilter, ReplayFilter
from liaison.clocks.kinds import Titled, kind_of
from liaison.clocks.rule_words import told_words
from liaison.clocks.titles import Named, named
from liaison.moments import clock as portal_clock
from liaison.ui.paging import PAGE_SIZE, sorted_page
from liaison.workdays import ZONE

READERS: Final = (Right.OVERSEE_ISSUES, Right.TRIAGE_ISSUES)
FIGURES: Final = Right.MANAGE_REFERENCE
"Who sees how many and no more: administrators read no business content."
DAYS: Final = 7
WORST_FIRST: Final = [Verdict.MISSING, Verdict.EXTRA, Verdict.AGREED]


@require_safe
@right_required(*READERS, FIGURES)
def forecast(request: SignedInRequest) -> HttpResponse:
    """What running clocks will reach in the next days unless somebody moves."""
    now, form = portal_clock.now(), ClockFilter(request.GET)
    valid = form.is_valid()
    rows, shown = _seen_by(request, form.narrow(would_fire(now, DAYS)))
    counts = Counter((row.level, row.light) for row in rows)
    context = {
        "filter": form,
        "days": DAYS,
        "levels": [{"level": level, "light": light, "count": count} for level, light, count in _by_rung(counts)],
        "most": max(counts.values(), default=1),
        "total": len(rows),
        "page": (page := sorted_page(shown, request.GET, name="forecast", key=_place, size=PAGE_SIZE)),
        "rows": [_line(row, title, now) for row, title in page],
        "figures_only": not _reads(request),
    }
    return render(request, "clocks/forecast.html", context, status=HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST)


@require_safe
@right_required(*READERS, FIGURES)
def replay(request: SignedInRequest) -> HttpResponse:
    """What should have been reached between two days, against what was."""
    now = portal_clock.now()
    form = ReplayFilter(request.GET, today=now.astimezone(ZONE).date())
    valid = form.is_valid()
    found = form.narrow(should_have_fired(*form.moments(now))) if valid else []
    rows, shown = _seen_by(request, found)
    shown = sorted(shown, key=_place_by_verdict)
    counts = Counter(row.verdict for row in rows)
    context = {
        "filter": form,
        "valid": valid,
        "verdicts": [{"label": verdict.label, "value": verdict.value, "count": counts[verdict]} for verdict in WORST_FIRST],
        "total": len(rows),
        "page": (page := sorted_page(shown, request.GET, name="replay", key=_place_by_verdict, size=PAGE_SIZE)),
        "rows": [_line(row, title, now) for row, title in page],
        "figures_only": not _reads(request),
    }
    return render(request, "clocks/replay.html", context, status=HTTPStatus.OK if valid else HTTPStatus.BAD_REQUEST)


def _by_rung(counts: Counter[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """Upwards, of one level the mildest light first."""
    mildest_first = list(Light)
    rows = [(level, light, count) for (level, light), count in counts.items()]
    return sorted(rows, key=lambda row: (row[0], mildest_first.index(Light(row[1]))))


def _reads(request: SignedInRequest) -> bool:
    return any(map(hats_of(request.user).may, READERS))


def _seen_by(request: SignedInRequest, rows: Sequence[Planned]) -> tuple[Sequence[Planned], list[Named]]:
    """What is counted, and what is listed: of matters that the reader may see; for administrators figures alone."""
    if not _reads(request):
        return rows, []
    shown = named(rows, request.user)
    return [row for row, _title in shown], shown


def _place(pair: Named) -> list[Any]:
    """Soonest first, as the forecast is sorted."""
    row, _title = pair
    return [row.at.timestamp(), row.clock.pk, row.level]


def _place_by_verdict(pair: Named) -> list[Any]:
    """Faults first, then as they happened."""
    return [WORST_FIRST.index(Verdict(pair[0].verdict)), *_place(pair)]


def _line(row: Planned, title: Titled, now: datetime) -> dict[str, Any]:
    return {
        "at": row.at,
        "is_due": row.at <= now,
        "title": title.title,
        "url": title.url,
        "clock": kind_of(row.clock.kind).label,
        "whose": row.clock.unit or title.whose,
        "level": row.level,
        "light": row.light,
        "told": told_words(row.told),
        "condition": Condition(row.condition).label if row.condition else "",
        "verdict": Verdict(row.verdict),
        "settled_at": row.step.settled_at if row.step else None,
    }

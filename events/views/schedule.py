"""The schedule: what comes, what was, and a month at a glance."""

from calendar import Calendar
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.enums import Stage
from events.forms.filters import ScheduleForm, month_of
from events.models import Occasion, OccasionQuerySet
from events.permissions import manages, sees_figures
from events.views.lookup import reader_of
from liaison.moments import clock
from liaison.ui.paging import count_up_to, keyset_page
from liaison.workdays import ZONE

MOST_OF_A_MONTH = 200


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """For everybody: firms look for what they may come to, staff for what they have to prepare."""
    user, now = reader_of(request), clock.now()
    form = ScheduleForm(request.GET)
    rows = form.narrow(Occasion.objects.visible_to(user))
    context: dict[str, Any] = {
        "form": form,
        "manages": user is not None and manages(user),
        "sees_figures": user is not None and sees_figures(user),
        "signed_in": user is not None,
    }
    if request.GET.get("when") == "month" or "month" in request.GET:
        return render(request, "events/schedule.html", {**context, "view": "month", **_month(rows, request, now)})
    past = request.GET.get("when") == "past"
    shown = rows.filter(ends_at__lt=now) if past else rows.filter(ends_at__gte=now)
    page = keyset_page(shown.for_list(), request.GET, by="-starts_at" if past else "starts_at")
    view = "past" if past else "coming"
    return render(request, "events/schedule.html", {**context, "view": view, "page": page, "count": count_up_to(shown)})


def _month(rows: OccasionQuerySet, request: HttpRequest, now: datetime) -> dict[str, Any]:
    first = month_of(request.GET.get("month", ""), now.astimezone(ZONE).date())
    after = (first + timedelta(days=31)).replace(day=1)
    begins, ends = (datetime.combine(day, time(), ZONE) for day in (first, after))
    found = rows.filter(starts_at__gte=begins, starts_at__lt=ends).exclude(stage=Stage.CANCELLED).for_list()
    by_day: dict[date, list[Occasion]] = defaultdict(list)
    for row in found.order_by("starts_at", "pk")[:MOST_OF_A_MONTH]:
        by_day[row.starts_at.astimezone(ZONE).date()].append(row)
    weeks = [
        [{"day": day, "here": day.month == first.month, "rows": by_day.get(day, [])} for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    return {
        "weeks": weeks,
        "days": [cell for week in weeks for cell in week if cell["rows"]],
        "day_names": names,
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": after,
        "count": sum(map(len, by_day.values())),
    }

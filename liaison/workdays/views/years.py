"""The year at a glance, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS

from liaison.accounts.models import User
from liaison.moments import clock
from liaison.workdays import portal
from liaison.workdays.day_words import hours_words, kind_words, mark_words, month_words, run_words, weekday_words
from liaison.workdays.drafts import EARLIEST, LATEST
from liaison.workdays.keepers import keeps_calendar
from liaison.workdays.models import CalendarVersion
from liaison.workdays.sheet import Cell, Month, year_sheet

NOT_FOUND = 404


@login_not_required
def this_year(request: HttpRequest) -> HttpResponse:
    """The current year."""
    return _page(request, clock.today().year)


@login_not_required
def year(request: HttpRequest, number: int) -> HttpResponse:
    """One year; of one that nobody can mean, a sentence."""
    if not EARLIEST <= number <= LATEST:
        context = {"year": number, "first": EARLIEST, "last": LATEST, "now": clock.today().year}
        return render(request, "workdays/unknown_year.html", context, status=NOT_FOUND)
    return _page(request, number)


def _page(request: HttpRequest, number: int) -> HttpResponse:
    version = CalendarVersion.objects.get(pk=portal.version())
    calendar = portal.calendar_of(version.pk)
    months = year_sheet(calendar, number)
    context = {
        "year": number,
        "months": [_drawn(month) for month in months],
        "working": sum(month.working for month in months),
        "provisional": number not in version.published,
        "week": [(WEEKDAYS[nth], hours_words(segments)) for nth, segments in enumerate(calendar.week)],
        "weekdays": [(WEEKDAYS[nth], weekday_words(nth)) for nth in range(7)],
        "before": number - 1 if number > EARLIEST else None,
        "after": number + 1 if number < LATEST else None,
        "version": version,
        "may_edit": may_edit(request),
    }
    return render(request, "workdays/year.html", context)


def may_edit(request: HttpRequest) -> bool:
    """Whether the reader keeps the calendar."""
    return isinstance(request.user, User) and keeps_calendar(request.user)


def _drawn(month: Month) -> dict[str, Any]:
    return {
        "title": month_words(month.first),
        "weeks": [[_cell(cell) for cell in week] for week in month.weeks],
        "working": month.working,
        "special": [run_words(run) for run in month.special],
    }


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {"day": cell.day, "kind": cell.kind.value, "mark": mark_words(cell.kind), "words": kind_words(cell)}

"""Changing the calendar: a form, a preview of what it moves, and only its confirmation saves."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.workdays.actions.save import CalendarMovedOn, save_version
from liaison.workdays.day_words import change_rows
from liaison.workdays.dependants import preview_all
from liaison.workdays.forms.changes import ChangeForm, DaysForm, WeekForm, YearForm
from liaison.workdays.keepers import KEEPERS
from liaison.workdays.models import CalendarVersion
from liaison.workdays.statutory import published_years

BAD_REQUEST: Final = 400
CONFLICT: Final = 409
SHOWN_CHANGES: Final = 400
Editor = Callable[[SignedInRequest], HttpResponse]


def editor(view: Editor) -> Editor:
    """For those who keep the calendar, and to save with a sign-in of the last minutes."""
    recent: Editor = reauthentication_required(allow_get=True)(view)
    return right_required(*KEEPERS)(recent)  # type: ignore[return-value] # it answers what the view answers


@editor
def week(request: SignedInRequest) -> HttpResponse:
    """Other hours of the week."""
    return _edit(request, WeekForm, "workdays/edit_week.html")


@editor
def days(request: SignedInRequest) -> HttpResponse:
    """Some dates closed, open, or with other hours."""
    return _edit(request, DaysForm, "workdays/edit_days.html")


@editor
def published(request: SignedInRequest) -> HttpResponse:
    """A year's holidays as they were published."""
    return _edit(request, YearForm, "workdays/edit_year.html")


def _edit(request: SignedInRequest, form_class: type[ChangeForm], template: str) -> HttpResponse:
    try:
        return _answer(request, form_class, template)
    except CalendarMovedOn:
        return _answer(request, form_class, template, late=True)


def _answer(request: SignedInRequest, form_class: type[ChangeForm], template: str, *, late: bool = False) -> HttpResponse:
    """Form, preview or the change itself. Who comes late sees what their change would do to the newer version."""
    newest = CalendarVersion.objects.in_force()
    form = form_class(request.POST or None, request.FILES or None, draft=newest.draft(), initial=_initial(newest))
    context = {"form": form, "newest": newest, "late": late}
    if not form.is_valid() or "back" in request.POST:
        status = CONFLICT if late else BAD_REQUEST if form.errors else None
        return render(request, template, context, status=status)
    if "confirm" in request.POST and not late:
        return _save(request, form, newest)
    return _preview(request, form, context)


def _initial(newest: CalendarVersion) -> dict[str, Any]:
    """The first year that the library knows and the calendar does not."""
    waiting = sorted(published_years() - set(newest.published))
    return {"year": waiting[0] if waiting else max(newest.published, default=clock.today().year) + 1}


def _save(request: SignedInRequest, form: ChangeForm, newest: CalendarVersion) -> HttpResponseRedirect:
    if request.POST.get("version") != str(newest.number):
        raise CalendarMovedOn(newest)
    version, moved = save_version(
        form.proposal, base=newest.number, why=form.cleaned_data["why"], by=request.user, now=clock.now()
    )
    clocks = ngettext("%(count)d running clock moved.", "%(count)d running clocks moved.", moved) % {"count": moved}
    saved = gettext("Saved as version %(number)d. It holds from now on.") % {"number": version.number}
    messages.success(request, f"{saved} {clocks}")
    return redirect("workdays:versions")


def _preview(request: SignedInRequest, form: ChangeForm, context: dict[str, Any]) -> HttpResponse:
    rows = list(change_rows(form.changes))
    found = {
        "changes": rows[:SHOWN_CHANGES],
        "more": max(len(rows) - SHOWN_CHANGES, 0),
        "preview": preview_all(form.proposal.calendar(), form.changes.dates(), request.user),
        "carried": form.carried(),
    }
    return render(request, "workdays/preview.html", {**context, **found}, status=CONFLICT if context["late"] else None)

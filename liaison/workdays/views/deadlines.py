"""The deadline calculator, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.workdays import portal
from liaison.workdays.errors import CalendarError
from liaison.workdays.explanations import why
from liaison.workdays.forms.deadlines import DeadlineForm
from liaison.workdays.limits import reckon
from liaison.workdays.statutory import ZONE
from liaison.workdays.words import mistake, sentences


@login_not_required
def calculator(request: HttpRequest) -> HttpResponse:
    """When a limit ends by the portal's calendar, and why."""
    now = clock.now().astimezone(ZONE).replace(second=0, microsecond=0)
    form = DeadlineForm(request.GET or None, initial={"start": now, "amount": 7})
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            context = _answer(form.cleaned_data)
        except CalendarError as error:
            form.add_error("amount", mistake(error))
    return render_form_page(request, "workdays/deadlines.html", form, context)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    calendar = portal.calendar()
    reckoned = reckon(calendar, asked["start"], asked["limit"], asked["pauses"])
    return {"due": reckoned.due, "why": sentences(why(reckoned)), "provisional": calendar.is_provisional(reckoned.due.date())}

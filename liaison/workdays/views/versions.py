"""Who changed the calendar, when, why and what."""

from django.http import HttpResponse
from django.shortcuts import render

from liaison.accounts.http import SignedInRequest
from liaison.ui.paging import keyset_page
from liaison.workdays.changes import Changes
from liaison.workdays.day_words import change_rows
from liaison.workdays.models import CalendarVersion

VERSIONS = 10


def listing(request: SignedInRequest) -> HttpResponse:
    """The newest first."""
    page = keyset_page(CalendarVersion.objects.select_related("saved_by"), request.GET, by="-number", size=VERSIONS)
    rows = [(version, list(change_rows(Changes.read(version.changes)))) for version in page]
    return render(request, "workdays/versions.html", {"page": page, "rows": rows})

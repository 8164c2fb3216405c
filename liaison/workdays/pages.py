"""The calendar in navigation and on the start page of those who keep it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link, Place
from liaison.workdays import portal
from liaison.workdays.keepers import keeps_calendar

NOTICE: Final = timedelta(days=60)
"So long before the year's end the next one should be there."
LINKS: Final = (
    Link(gettext_lazy("Working calendar"), "workdays:this-year", "calendar3", Place.FOOTER, order=60, public=True),
    Link(gettext_lazy("Deadline calculator"), "workdays:deadlines", "stopwatch", Place.FOOTER, order=62, public=True),
)


def cards(user: User) -> Iterable[Card]:
    """The next year's holidays, when they are not in the calendar towards the end of this one."""
    if not keeps_calendar(user) or (year := missing_year(clock.today())) is None:
        return []
    title = _("The holidays of %(year)d are not in the calendar yet: due dates in that year are provisional.") % {"year": year}
    entry = Entry(title, reverse("workdays:edit-year"), at=date(year, 1, 1))
    return [Card(_("Working calendar"), [entry], icon="calendar3", tone="warning", order=5)]


def missing_year(today: date) -> int | None:
    """The next year, when it begins soon and is not published here."""
    next_year = date(today.year + 1, 1, 1)
    if next_year - today > NOTICE or not portal.calendar().is_provisional(next_year):
        return None
    return next_year.year

"""A question to the deadline calculator; it stands in the address, so that it can be kept and passed on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.ui.forms import DateTimeInput, PortalForm
from liaison.workdays.drafts import check_year
from liaison.workdays.errors import CalendarError
from liaison.workdays.limits import IN_HOURS, Limit, LimitUnit, Pause
from liaison.workdays.words import mistake

FEWEST_ROWS: Final = 2
MOST_ROWS: Final = 10
LONGEST: Final = timedelta(days=5 * 366)
MOST: Final = {True: 4000, False: 1000}
"In hours, in days: longer answers would be longer than anybody reads."
UNITS: Final = (
    (LimitUnit.WORKING_DAYS.value, _("working days")),
    (LimitUnit.WORKING_HOURS.value, _("working hours")),
    (LimitUnit.CALENDAR_DAYS.value, _("calendar days")),
    (LimitUnit.HOURS.value, _("hours by the clock, day and night")),
)


class DeadlineForm(PortalForm):
    """From when, how long, and what did not count."""

    start = forms.DateTimeField(
        label=pgettext_lazy("deadline", "Start"), widget=DateTimeInput, help_text=_("By the clock of the portal's offices.")
    )
    amount = forms.DecimalField(label=pgettext_lazy("of a limit", "How many"), max_digits=8, decimal_places=2)
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nth in range(1, self.rows + 1):
            self.fields[f"from_{nth}"] = _optional_moment(_("Pause %(nth)d from") % {"nth": nth})
            self.fields[f"until_{nth}"] = _optional_moment(_("Pause %(nth)d until") % {"nth": nth})

    @property
    def rows(self) -> int:
        """Always one more than was filled in."""
        filled = [nth for nth in range(1, MOST_ROWS + 1) if self.data.get(f"from_{nth}") or self.data.get(f"until_{nth}")]
        return min(max([FEWEST_ROWS, *(nth + 1 for nth in filled)]), MOST_ROWS)

    @property
    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of pauses."""
        return ((self[f"from_{nth}"], self[f"until_{nth}"]) for nth in range(1, self.rows + 1))

    def clean_start(self) -> datetime:
        """In a year that the calendar knows."""
        start: datetime = self.cleaned_data["start"]
        try:
            check_year(start.year)
        except CalendarError as error:
            raise forms.ValidationError(mistake(error)) from error
        return start

    def clean(self) -> dict[str, Any]:
        """Limit and pauses as they are reckoned with."""
        self._limit()
        self.cleaned_data["pauses"] = [pause for nth in range(1, self.rows + 1) if (pause := self._pause(nth))]
        return self.cleaned_data

    def _limit(self) -> None:
        amount, unit = self.cleaned_data.get("amount"), self.cleaned_data.get("unit")
        if amount is None or unit is None:
            return
        try:
            self.cleaned_data["limit"] = limit_of(amount, LimitUnit(unit))
        except CalendarError as error:
            self.add_error("amount", mistake(error))

    def _pause(self, nth: int) -> Pause | None:
        start, end = (self.cleaned_data.get(f"{name}_{nth}") for name in ("from", "until"))
        if start and end and end < start:
            self.add_error(f"until_{nth}", _("The pause ends before it begins."))
        elif start and end and end - start > LONGEST:
            self.add_error(f"until_{nth}", _("The pause is too long: at most five years."))
        elif start and not end and f"until_{nth}" not in self.errors:
            self.add_error(f"until_{nth}", _("Say when the pause ended."))
        elif end and not start and f"from_{nth}" not in self.errors:
            self.add_error(f"from_{nth}", _("Say when the pause began."))
        return (start, end) if start and end else None


def _optional_moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=DateTimeInput, required=False)


def limit_of(amount: Decimal, unit: LimitUnit) -> Limit:
    """A limit whose explanation can be read."""
    if amount > MOST[unit in IN_HOURS]:
        raise CalendarError("too_long", most=MOST[unit in IN_HOURS])
    return Limit(int(amount) if amount == int(amount) else amount, unit)

"""Filters of the watch board; they stand in the address."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.enums import Timed
from issues.lights import BLUE, RED, YELLOW
from issues.queries import Asker
from issues.watching import NOBODY, Clocks, lit_clocks
from liaison.accounts.models import Unit
from liaison.clocks.models import LEVELS
from liaison.ui.forms import PlainSelect, PortalForm

ANY: Final = ("", pgettext_lazy("filter", "Any"))
UNKNOWN: Final = {"invalid_choice": _("“%(value)s” is not known here; choose one of the list.")}
LIGHTS: Final = [(RED, _("Red: overdue")), (YELLOW, _("Yellow: due soon")), (BLUE, _("Blue: noticed"))]


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[ANY, *choices], required=False, error_messages=UNKNOWN, widget=PlainSelect)


class WatchFilter(PortalForm):
    """Which clocks of the board to show."""

    light = _choice(pgettext_lazy("filter", "Light"), LIGHTS)
    unit = _choice(pgettext_lazy("filter", "Whose"), [])
    level = _choice(pgettext_lazy("filter", "Rung"), [(str(level), str(level)) for level in range(1, LEVELS + 1)])
    kind = _choice(pgettext_lazy("filter", "Clock"), Timed.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in Unit.objects.filter(is_active=True)}
        others = (NOBODY, _("Desk, callers, enterprises"))
        self.fields["unit"].choices = [ANY, *((code, str(unit)) for code, unit in self.units.items()), others]  # type: ignore[attr-defined]

    def narrow(self, rows: Clocks, asker: Asker) -> Clocks:
        """Only what was asked for; what could not be understood narrows nothing and is told."""
        wanted = self.cleaned_data
        if wanted.get("light"):
            rows = rows.filter(lit_clocks(wanted["light"], asker.now))
        if unit := wanted.get("unit"):
            rows = rows.filter(unit=None) if unit == NOBODY else rows.filter(unit=self.units[unit])
        if wanted.get("level"):
            rows = rows.filter(level=int(wanted["level"]))
        return rows.filter(kind=wanted["kind"]) if wanted.get("kind") else rows

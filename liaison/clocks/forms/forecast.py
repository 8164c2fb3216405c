"""What of the forecast and of the replay is shown; all of it stands in the address."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.accounts.models import Unit
from liaison.clocks.forecast import Planned
from liaison.clocks.kinds import kinds
from liaison.clocks.models import LEVELS
from liaison.ui.forms import DateInput, PlainSelect, PortalForm
from liaison.workdays import ZONE

ANY: Final = ("", pgettext_lazy("filter", "Any"))
UNKNOWN: Final = {"invalid_choice": gettext_lazy("“%(value)s” is not known here; choose one of the list.")}
LONGEST: Final = 92
"Days that are replayed at once."


def choice(label: Any, choices: Iterable[Any] = ()) -> forms.ChoiceField:
    """A filter that may be left open."""
    return forms.ChoiceField(label=label, choices=[ANY, *choices], required=False, error_messages=UNKNOWN, widget=PlainSelect)


class ClockFilter(PortalForm):
    """Whose clocks, of which kind, which rung."""

    unit = choice(gettext_lazy("Whose"))
    kind = choice(gettext_lazy("Clock"))
    level = choice(pgettext_lazy("of a rung", "Level"), [(str(level), str(level)) for level in range(1, LEVELS + 1)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in Unit.objects.filter(is_active=True)}
        self.fields["unit"].choices = [ANY, *((code, str(unit)) for code, unit in self.units.items())]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [ANY, *((kind.code, kind.label) for kind in kinds() if kind.laddered)]  # type: ignore[attr-defined]

    def narrow(self, rows: Iterable[Planned]) -> list[Planned]:
        """Only what was asked for; what could not be understood narrows nothing and is told."""
        wanted = {name: self.cleaned_data.get(name) for name in ("unit", "kind", "level")}
        unit = self.units[wanted["unit"]].pk if wanted["unit"] else None
        return [
            row
            for row in rows
            if (unit is None or row.clock.unit_id == unit)
            and (not wanted["kind"] or row.clock.kind == wanted["kind"])
            and (not wanted["level"] or row.level == int(wanted["level"]))
        ]


class ReplayFilter(ClockFilter):
    """The same, and from which day to which."""

    field_order = ("from", "to", "unit", "kind", "level")

    def __init__(self, data: Any, *, today: date) -> None:
        self.today = today
        given = {"from": str(today - timedelta(days=6)), "to": str(today)} | {key: value for key, value in data.items() if value}
        super().__init__(given)
        unreadable = {"invalid": _("“%(value)s” is not a day; write it as 2026-11-24.")}
        for name, label in (("from", _("First day")), ("to", _("Last day"))):
            said = {"invalid": unreadable["invalid"] % {"value": str(given[name])[:20]}}
            self.fields[name] = forms.DateField(label=label, widget=DateInput, error_messages=said)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The days in their order, over, and not too many."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day is before the first."))
        elif first and first > self.today:
            self.add_error("from", _("This day is still to come; what will be reached stands in the forecast."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("to", _("At most %(days)d days are replayed at once; choose fewer.") % {"days": LONGEST})
        return self.cleaned_data

    def moments(self, now: datetime) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, or to now."""
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        ends = now if last >= self.today else datetime.combine(last + timedelta(days=1), time.min, ZONE)
        return datetime.combine(first, time.min, ZONE), min(ends, now)

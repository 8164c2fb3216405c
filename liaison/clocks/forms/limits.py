"""Editing the limits: every rule on one page, and rows for rules more particular than those."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.clocks.kinds import kind_of, kinds
from liaison.clocks.models import LONGEST, UNITS, LimitRule
from liaison.clocks.rule_words import RuleKey, key_of, length_of, most_words, order_of, rule_words
from liaison.ui.forms import PlainSelect, PortalForm
from liaison.workdays.limits import LimitUnit

FRESH: Final = ("new1", "new2", "new3")
"Rows for rules that do not exist yet; more are added by saving twice."
PARTS: Final = ("kind", "nature", "urgency", "amount", "unit")
UNIT_CHOICES: Final = [(unit.value, label) for unit, label in UNITS.items()]
ANY: Final = ("", pgettext_lazy("filter", "Any"))
NONE: Final = ("", "–")


@dataclass(frozen=True)
class RuleFields:
    """One rule as the page draws it."""

    key: RuleKey
    words: str
    source: object
    most: str
    amount: BoundField
    unit: BoundField
    remove: BoundField | None


def _name(key: RuleKey, part: str) -> str:
    return ".".join((*key, part))


def _amount(words: str) -> forms.IntegerField:
    values = {"rule": words, "most": f"{LONGEST:,}"}
    return forms.IntegerField(
        label=pgettext_lazy("of a limit", "Amount"),
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("%(rule)s: fill in how long the clock runs; a rule without an amount would be no limit.") % values,
            "invalid": _("%(rule)s: write the amount as a whole number, for example 7.") % values,
            "min_value": _("%(rule)s: a limit is at least 1; with 0 or less the clock would be late before it begins.") % values,
            "max_value": _("%(rule)s: a limit is at most %(most)s; what is longer is a slip of the pen.") % values,
        },
    )


def _unit(words: str, choices: Sequence[tuple[str, Any]] = UNIT_CHOICES) -> forms.ChoiceField:
    unknown = _("%(rule)s: choose the unit: working hours, working days, calendar days or hours by the clock.") % {"rule": words}
    return forms.ChoiceField(
        label=pgettext_lazy("of a limit", "Unit"),
        choices=choices,
        widget=PlainSelect,
        error_messages={"required": unknown, "invalid_choice": unknown},
    )


class LimitsForm(PortalForm):
    """All rules of one version, and why they change."""

    note = forms.CharField(
        label=gettext_lazy("Why the limits change"),
        max_length=300,
        help_text=gettext_lazy("It stands in the history, with your name."),
        error_messages={"required": gettext_lazy("Say why the limits change: whoever asks later finds it in the history.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, rows: Sequence[LimitRule]) -> None:
        self.before = {key_of(row): row for row in rows}
        self.keys = sorted(self.before.keys() | set(_typed(data or {})), key=order_of)
        super().__init__(self._with_untouched(data) if data is not None else None)
        for key in self.keys:
            self._add_rule(key)
        for name in FRESH:
            self._add_fresh(name)

    def _with_untouched(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Rules that were not on the page that was sent stay as they are."""
        sent: dict[str, Any] = dict(data.items())
        for key, row in self.before.items():
            if _name(key, "amount") not in sent and _name(key, "unit") not in sent:
                sent |= {_name(key, "amount"): str(row.amount), _name(key, "unit"): row.unit}
        return sent

    def _add_rule(self, key: RuleKey) -> None:
        words, row = rule_words(*key), self.before.get(key)
        self.fields[_name(key, "amount")] = _amount(words)
        self.fields[_name(key, "unit")] = _unit(words)
        if row is not None:
            self.initial.update({_name(key, "amount"): row.amount, _name(key, "unit"): row.unit})
        if key[1:] != ("", ""):
            self.fields[_name(key, "remove")] = forms.BooleanField(label=gettext_lazy("Remove this rule"), required=False)

    def _add_fresh(self, name: str) -> None:
        words = _("New rule")
        particular = [kind for kind in kinds() if kind.natures or kind.urgencies]
        natures = {code: label for kind in particular for code, label in kind.natures}
        urgencies = {code: label for kind in particular for code, label in kind.urgencies}
        unknown = {"invalid_choice": _("“%(value)s” is not known here; choose one of the list.")}
        for part, label, choices in (
            ("kind", gettext_lazy("Clock"), [NONE, *((kind.code, kind.label) for kind in particular)]),
            ("nature", gettext_lazy("Nature"), [ANY, *natures.items()]),
            ("urgency", gettext_lazy("Urgency"), [ANY, *urgencies.items()]),
        ):
            self.fields[f"{name}.{part}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=PlainSelect, error_messages=unknown
            )
        self.fields[f"{name}.amount"] = _amount(words)
        self.fields[f"{name}.unit"] = _unit(words, [NONE, *UNIT_CHOICES])
        for part in ("amount", "unit"):
            self.fields[f"{name}.{part}"].required = False

    # --- what was typed ---------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """All rules together: none twice, none longer than the law allows, and something new."""
        self.after: dict[RuleKey, LimitRule] = {}
        for key in self.keys:
            self._take_rule(key)
        for name in FRESH:
            self._take_fresh(name)
        if not self.errors and {k: length_of(r) for k, r in self.after.items()} == self._lengths_before():
            self.add_error(None, _("Nothing is different from the version in force; there is nothing to save."))
        return self.cleaned_data

    def _lengths_before(self) -> dict[RuleKey, str]:
        return {key: length_of(row) for key, row in self.before.items()}

    def _take_rule(self, key: RuleKey) -> None:
        if self.cleaned_data.get(_name(key, "remove")):
            for part in ("amount", "unit"):
                self.errors.pop(_name(key, part), None)
            return
        self._take(key, _name(key, "amount"), _name(key, "unit"))

    def _take_fresh(self, name: str) -> None:
        typed: dict[str, Any] = {
            part: self.cleaned_data.get(f"{name}.{part}") for part in ("kind", "nature", "urgency", "amount", "unit")
        }
        if not any(typed.values()) or any(f"{name}.{part}" in self.errors for part in typed):
            return
        for part in ("kind", "amount", "unit"):
            if not typed[part]:
                field = self.fields[f"{name}.{part}"]
                self.add_error(f"{name}.{part}", NEEDED.get(part) or field.error_messages["required"])
        if all(typed[part] for part in ("kind", "amount", "unit")):
            self._take_new((typed["kind"], typed["nature"] or "", typed["urgency"] or ""), name)

    def _take_new(self, key: RuleKey, name: str) -> None:
        kind, values = kind_of(key[0]), {"rule": rule_words(*key)}
        if key in self.after:
            self.add_error(f"{name}.kind", _("%(rule)s has a rule already; change that one, or choose another case.") % values)
        elif key[1] and key[1] not in dict(kind.natures):
            self.add_error(f"{name}.nature", _("%(rule)s: this clock does not depend on the nature.") % values)
        elif key[2] and key[2] not in dict(kind.urgencies):
            self.add_error(f"{name}.urgency", _("%(rule)s: this clock does not depend on the urgency.") % values)
        else:
            self._take(key, f"{name}.amount", f"{name}.unit")

    def _take(self, key: RuleKey, amount: str, unit: str) -> None:
        values = self.cleaned_data
        if amount not in values or unit not in values:
            return
        if words := _beyond_the_law(key, values[amount], values[unit]):
            self.add_error(amount, words)
            return
        self.after[key] = LimitRule(kind=key[0], nature=key[1], urgency=key[2], amount=values[amount], unit=values[unit])

    @property
    def rows(self) -> list[LimitRule]:
        """The rules as they are to be saved."""
        return list(self.after.values())

    # --- for the page -----------------------------------------------------------------------------
    def rules(self) -> Iterator[RuleFields]:
        """The rules, each with its fields."""
        for key in self.keys:
            kind, remove = kind_of(key[0]), _name(key, "remove")
            fields = (self[_name(key, "amount")], self[_name(key, "unit")], self[remove] if remove in self.fields else None)
            yield RuleFields(key, rule_words(*key), kind.source, most_words(kind), *fields)

    def fresh(self) -> list[list[BoundField]]:
        """Rows for new rules."""
        return [[self[f"{name}.{part}"] for part in PARTS] for name in FRESH]

    @property
    def adds(self) -> bool:
        """Whether something was typed for a new rule."""
        return any(str(value) for name, value in self.data.items() if name.startswith(FRESH))


NEEDED: Final = {"kind": gettext_lazy("New rule: choose the clock that it is for.")}


def _typed(data: Mapping[str, Any]) -> Iterator[RuleKey]:
    """Rules on the page that was sent; somebody else may have removed one meanwhile."""
    for name in data:
        parts = name.split(".")
        if len(parts) == 4 and parts[3] == "amount" and _is_known(parts[0], parts[1], parts[2]):  # noqa: PLR2004 - a key and the part
            yield parts[0], parts[1], parts[2]


def _is_known(code: str, nature: str, urgency: str) -> bool:
    kind = next((each for each in kinds() if each.code == code and each.limits), None)
    return kind is not None and nature in {"", *dict(kind.natures)} and urgency in {"", *dict(kind.urgencies)}


def _beyond_the_law(key: RuleKey, amount: int, unit: str) -> str:
    kind = kind_of(key[0])
    if kind.most is None or (amount <= kind.most.amount and unit == kind.most.unit):
        return ""
    values = {"rule": rule_words(*key), "most": most_words(kind), "source": kind.source, "unit": UNITS[LimitUnit(kind.most.unit)]}
    if unit != kind.most.unit:
        return _("%(rule)s: the law counts this limit in %(unit)s (%(source)s); choose that unit.") % values
    return _("%(rule)s: the law allows at most %(most)s (%(source)s).") % values

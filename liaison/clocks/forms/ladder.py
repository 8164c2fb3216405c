"""Editing one ladder: its rungs on one page, and rows for more of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from liaison.clocks.enums import Act, Basis, Condition, Light, Told
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import LEVELS, Rung
from liaison.clocks.rule_words import rung_words
from liaison.ui.forms import PlainSelect, PortalForm

MORE: Final = 2
"Empty rows for new rungs."
LONGEST_SHARE: Final = 99
LATEST: Final = 365
PARTS: Final = ("level", "light", "basis", "amount", "condition", "told", "acts")
SINGLE: Final = ("level", "light", "basis", "amount", "condition")
NONE: Final = ("", "–")
ORDER_OF_LIGHTS: Final = list(Light)
NEEDS: Final[dict[str, frozenset[str]]] = {
    Act.URGE: frozenset({Told.HANDLER, Told.LIAISON}),
    Act.SUPERVISION_ORDER: frozenset({Told.INSPECTOR}),
    Act.BULLETIN: frozenset({Told.HEAD}),
    Act.SUMMON: frozenset({Told.HEAD}),
}
"Whom an act concerns is told: one of these."
FOR_THE_LATE: Final = frozenset({Act.SUPERVISION_ORDER, Act.BULLETIN, Act.SUMMON})
TYPED: Final = re.compile(r"r([1-9])\.(?:level|amount|told|light|basis)")


class RungsForm(PortalForm):
    """The rungs of one ladder, and why they change."""

    drop = forms.BooleanField(
        label=gettext_lazy("Give this ladder up: the general one holds for these clocks again"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Why the ladder changes"),
        max_length=300,
        help_text=gettext_lazy("It stands in the history, with your name."),
        error_messages={"required": gettext_lazy("Say why the ladder changes: whoever asks later finds it in the history.")},
    )

    def __init__(self, data: Any = None, *, kind: str, rungs: Sequence[Rung], own: bool) -> None:
        super().__init__(data)
        self.kind, self.before = kind, rungs if own else ()
        if not (kind and own):
            del self.fields["drop"]
        self.slots = self._slots_of(data, len(rungs))
        for slot in self.slots:
            self._add(slot)
        for slot, rung in zip(self.slots, rungs, strict=False):
            self.initial.update({f"r{slot}.{part}": getattr(rung, part) for part in PARTS})

    @staticmethod
    def _slots_of(data: Mapping[str, Any] | None, known: int) -> list[int]:
        """As many rows as there are rungs, and some to add; of a page that was sent, those on it."""
        if data is not None:
            known = max((int(found[1]) for name in data if (found := TYPED.fullmatch(name))), default=known)
            return list(range(1, known + 1))
        return list(range(1, min(known + MORE, LEVELS) + 1))

    def _add(self, slot: int) -> None:
        for part, field in _fields(slot).items():
            self.fields[f"r{slot}.{part}"] = field

    # --- what was typed ---------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Each rung by itself, then all of them as a ladder."""
        self.after: list[Rung] = []
        if self.cleaned_data.get("drop"):
            for name in [name for name in self.errors if name.startswith("r")]:
                del self.errors[name]
            return self.cleaned_data
        self.placed: dict[int, int] = {}
        for slot in self.slots:
            self._take(slot)
        if not self.errors:
            self._check_ladder()
        if not self.errors and [rung_words(rung) for rung in self.after] == [rung_words(rung) for rung in self.before]:
            self.add_error(None, _("Nothing is different from the version in force; there is nothing to save."))
        return self.cleaned_data

    def _take(self, slot: int) -> None:
        values = {part: self.cleaned_data.get(f"r{slot}.{part}") for part in PARTS}
        wrong = {part for part in PARTS if f"r{slot}.{part}" in self.errors}
        if self.cleaned_data.get(f"r{slot}.remove") or not (wrong or any(value or value == 0 for value in values.values())):
            for part in wrong:
                del self.errors[f"r{slot}.{part}"]
            return
        missing = {part for part in MISSING.keys() - wrong if not values[part] and values[part] != 0}
        for part in sorted(missing):
            self._wrong(slot, part, str(MISSING[part]))
        if not wrong and not missing:
            self._place(slot, Rung(kind=self.kind, **values))

    def _place(self, slot: int, rung: Rung) -> None:
        wrongs = list(_wrongs_of(rung))
        if any(known.level == rung.level for known in self.after):
            wrongs.append(("level", _("level %(level)d stands there twice.") % {"level": rung.level}))
        for part, words in wrongs:
            self._wrong(slot, part, words)
        self.placed.setdefault(rung.level, slot)
        self.after.append(rung)

    def _wrong(self, slot: int, part: str, words: str) -> None:
        self.add_error(f"r{slot}.{part}", _in_row(slot, words))

    def _check_ladder(self) -> None:
        self.after.sort(key=lambda rung: rung.level)
        if not self.after:
            self.add_error(None, _("A ladder has at least one rung."))
        for place, rung in enumerate(self.after, start=1):
            if rung.level != place:
                values = {"missing": place, "level": rung.level}
                words = _("levels follow each other without a gap: level %(missing)d is missing before %(level)d.") % values
                self._wrong(self.placed[rung.level], "level", words)
                return
        for lower, higher in pairwise(self.after):
            self._check_pair(lower, higher)

    def _check_pair(self, lower: Rung, higher: Rung) -> None:
        slot, values = self.placed[higher.level], {"higher": higher.level, "lower": lower.level}
        if _place_in_time(higher) < _place_in_time(lower):
            self._wrong(
                slot, "amount", _("level %(higher)d would be reached before level %(lower)d; time goes upwards.") % values
            )
        if ORDER_OF_LIGHTS.index(Light(higher.light)) < ORDER_OF_LIGHTS.index(Light(lower.light)):
            self._wrong(slot, "light", _("level %(higher)d would have a milder light than level %(lower)d.") % values)

    # --- for the page -----------------------------------------------------------------------------
    def rows(self) -> Iterator[dict[str, Any]]:
        """The rungs, each with its fields; those beyond the present ones are for new rungs."""
        for slot in self.slots:
            fields: dict[str, BoundField] = {part: self[f"r{slot}.{part}"] for part in (*PARTS, "remove")}
            level = self[f"r{slot}.level"].value()
            yield {"slot": slot, "level": level, "is_new": level in {None, ""}, "single": [fields[p] for p in SINGLE], **fields}


def _in_row(slot: int, words: str) -> str:
    return _("Row %(row)d: %(words)s") % {"row": slot, "words": words}


def _fields(slot: int) -> dict[str, forms.Field]:
    unknown = {"invalid_choice": _in_row(slot, _("choose one of the list."))}
    level = _in_row(slot, _("a level is a whole number from 1 to %(most)d.") % {"most": LEVELS})
    amount = _in_row(slot, _("write the amount as a whole number from 0 to %(most)d.") % {"most": LATEST})
    number = {"inputmode": "numeric", "autocomplete": "off"}
    many = forms.CheckboxSelectMultiple
    return {
        "level": forms.IntegerField(
            label=pgettext_lazy("of a rung", "Level"),
            required=False,
            min_value=1,
            max_value=LEVELS,
            widget=forms.TextInput(attrs=number),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), level),
        ),
        "light": _choice(gettext_lazy("Light"), Light.choices, unknown),
        "amount": forms.IntegerField(
            label=pgettext_lazy("of a limit", "Amount"),
            required=False,
            min_value=0,
            max_value=LATEST,
            widget=forms.TextInput(attrs=number),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), amount),
        ),
        "basis": _choice(gettext_lazy("Reckoned in"), Basis.choices, unknown),
        "condition": _choice(gettext_lazy("Only if"), [each for each in Condition.choices if each[0]], unknown, Condition.ALWAYS),
        "told": forms.MultipleChoiceField(
            label=gettext_lazy("Told"), choices=Told.choices, required=False, widget=many, error_messages=unknown
        ),
        "acts": forms.MultipleChoiceField(
            label=gettext_lazy("Done besides"), choices=Act.choices, required=False, widget=many, error_messages=unknown
        ),
        "remove": forms.BooleanField(label=gettext_lazy("Remove this rung"), required=False),
    }


def _choice(label: Any, choices: Sequence[Any], unknown: dict[str, str], empty: Condition | None = None) -> forms.ChoiceField:
    first = NONE if empty is None else (empty.value, empty.label)
    return forms.ChoiceField(label=label, choices=[first, *choices], required=False, widget=PlainSelect, error_messages=unknown)


MISSING: Final = {
    "level": gettext_lazy("fill in the level."),
    "light": gettext_lazy("choose the light."),
    "basis": gettext_lazy("choose in what the moment is reckoned."),
    "amount": gettext_lazy("fill in the amount."),
    "told": gettext_lazy("choose who is told; a rung that nobody hears of is none."),
}


def _place_in_time(rung: Rung) -> tuple[bool, int]:
    """Shares of the limit lie before the due moment, working days after it."""
    return rung.basis == Basis.AFTER, rung.amount


def _wrongs_of(rung: Rung) -> Iterator[tuple[str, str]]:
    """What makes no sense in one rung: the part, and why."""
    if rung.basis == Basis.SHARE:
        if not 1 <= rung.amount <= LONGEST_SHARE:
            yield "amount", _("a share is from 1 to 99 percent; the due moment itself is 0 working days after it.")
        if rung.light == Light.RED:
            yield "light", _("red means overdue; before the due moment a rung is blue or yellow.")
        if late := FOR_THE_LATE & set(rung.acts):
            values = {"act": Act(min(late)).label}
            yield "acts", _("“%(act)s” is for what is late; before the due moment nobody has missed anything.") % values
    for act in rung.acts:
        if not NEEDS[act] & set(rung.told):
            who = _(" or ").join(str(each.label) for each in Told if each in NEEDS[act])
            yield "told", _("“%(act)s” needs %(who)s among those told.") % {"act": Act(act).label, "who": who}
    if Told.FIRM in rung.told and (not rung.kind or kind_of(rung.kind).internal):
        yield "told", _("the enterprise is not told here: this ladder holds for internal clocks.")

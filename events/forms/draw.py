"""Whom the rotation may choose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Ownership, Section, Size
from enterprises.models import Label
from events.models import RotationRule
from events.models.rotation import LONGEST_REST, MOST_DRAWN
from liaison.accounts.models import Unit, UnitKind
from liaison.ui.forms import PortalForm

LARGEST_SEED = 2**63 - 1


class RuleForm(PortalForm):
    """Nothing chosen asks for all."""

    seats = forms.IntegerField(label=_("How many firms to draw"), min_value=1, max_value=MOST_DRAWN)
    cooling_off_days = forms.IntegerField(
        label=_("Not again within (days)"),
        min_value=0,
        max_value=LONGEST_REST,
        help_text=_("A firm that was invited to this series so short a time ago is left out."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Industries"), choices=Section.choices, required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )
    sizes = forms.MultipleChoiceField(
        label=_("Size classes"), choices=Size.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    towns = forms.MultipleChoiceField(label=_("Towns"), required=False, widget=forms.SelectMultiple(attrs={"size": 5}))
    ownerships = forms.MultipleChoiceField(
        label=_("Ownership"), choices=Ownership.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    labels = forms.MultipleChoiceField(label=_("Labels (one is enough)"), required=False, widget=forms.CheckboxSelectMultiple)
    seed = forms.IntegerField(
        label=_("Seed of the lot"),
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_("Any whole number. The same number gives the same list; it is kept with the draw."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Unit.objects.filter(kind=UnitKind.TOWN, is_active=True)
        self.fields["towns"].choices = [(unit.code, str(unit)) for unit in towns]  # type: ignore[attr-defined]
        self.fields["labels"].choices = [(row.name, str(row)) for row in Label.objects.all()]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(rule: RotationRule, seed: int) -> dict[str, Any]:
        """The rule as it stands."""
        names = ("seats", "cooling_off_days", "sectors", "sizes", "towns", "ownerships", "labels")
        return {**{name: getattr(rule, name) for name in names}, "seed": seed}

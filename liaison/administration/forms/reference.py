"""Units and parameters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Unit
from liaison.parameters.models import Declared
from liaison.ui.forms import PortalForm, PortalModelForm


class UnitForm(PortalModelForm):
    """A unit that exists; its code stays."""

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ("name", "name_en", "kind", "parent", "position", "is_active")


class NewUnitForm(UnitForm):
    """A new unit."""

    class Meta(UnitForm.Meta):
        fields = ("code", *UnitForm.Meta.fields)


class ParameterForm(PortalForm):
    """A number within its bounds."""

    value = forms.IntegerField(label=_("Value"))

    def __init__(self, *args: Any, declared: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounds = {"least": declared.least, "most": declared.most, "default": declared.default}
        self.fields["value"] = forms.IntegerField(
            label=_("Value"),
            min_value=declared.least,
            max_value=declared.most,
            help_text=_("From %(least)d to %(most)d; %(default)d unless changed.") % bounds,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )

"""The form of one class of issues."""

from typing import Any

from django import forms

from issues.models import Category
from liaison.accounts.models import Unit
from liaison.ui.forms import PortalModelForm


class CategoryForm(PortalModelForm):
    """Names, examples, usual units, in use or not."""

    class Meta:
        model = Category
        fields = ["name", "name_en", "examples", "lead_unit", "co_units", "is_active"]
        widgets = {"co_units": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(is_active=True)
        for name in ("lead_unit", "co_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The lead unit is not its own co-unit."""
        cleaned = super().clean() or self.cleaned_data
        lead = cleaned.get("lead_unit")
        if lead and "co_units" in cleaned:
            cleaned["co_units"] = [unit for unit in cleaned["co_units"] if unit != lead]
        return cleaned

"""What a list of enterprises is narrowed by; it stands in the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Section, Size, Status
from enterprises.forms.fields import UnitField
from enterprises.models import Enterprise, Label
from liaison.accounts.models import UnitKind
from liaison.ui.forms import PortalForm


class FilterForm(PortalForm):
    """Filters of the list and of the export."""

    q = forms.CharField(label=_("Name, code or person"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Status.choices])
    town = UnitField(UnitKind.TOWN, label=_("Town"), required=False, empty_label=_("All"))
    section = forms.ChoiceField(label=_("Industry"), required=False, choices=[("", _("All")), *Section.choices])
    size = forms.ChoiceField(label=_("Size class"), required=False, choices=[("", _("All")), *Size.choices])
    label = forms.ModelChoiceField(
        Label.objects.all(), to_field_name="name", label=_("Label"), required=False, empty_label=_("All")
    )

    def narrow(self, rows: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
        """Rows that meet every filter; one that means nothing finds nothing."""
        if not self.is_valid():
            return rows.none()
        asked: dict[str, Any] = self.cleaned_data
        columns = {"status": "status", "town": "town", "section": "industry", "size": "size", "label": "labels"}
        rows = rows.filter(**{column: asked[name] for name, column in columns.items() if asked[name]})
        return rows.matching(asked["q"]) if asked["q"] else rows  # type: ignore[attr-defined]

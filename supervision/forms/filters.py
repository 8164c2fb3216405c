"""Filters of lists; they stand in the address."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.ui.forms import PortalForm
from supervision.enums import Function, ReportStage
from supervision.forms.fields import Line

ANY = ("", pgettext_lazy("filter", "Any"))


class ReportFilterForm(PortalForm):
    """Which reports to show."""

    q = Line(label=_("Words of the report"), max_length=60, required=False, widget=forms.SearchInput)
    stage = forms.ChoiceField(label=_("State"), choices=[ANY, *ReportStage.choices], required=False)
    function = forms.ChoiceField(label=pgettext_lazy("supervisor", "Function"), choices=[ANY, *Function.choices], required=False)

    @property
    def is_used(self) -> bool:
        """Whether anything was narrowed."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, rows: Any) -> Any:
        """Rows that meet every filter; words are sought only where everybody who sees the row may read them."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        rows = rows.filter(**{name: asked[name] for name in ("stage", "function") if asked[name]})
        words = asked["q"]
        return rows.filter(Q(subject__icontains=words) | Q(unit__name__icontains=words)) if words else rows

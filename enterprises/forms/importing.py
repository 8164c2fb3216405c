"""The file with a list of enterprises."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.reading import MOST_BYTES
from liaison.files.checks import CheckedFile
from liaison.files.forms import SingleFileField
from liaison.ui.forms import PortalForm


class TableField(SingleFileField):
    """A spreadsheet."""

    hint = _("XLSX, or CSV in UTF-8 or GB18030; up to 5 MB and 20,000 rows.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tables."""
        return {**super().widget_attrs(widget), "accept": ".xlsx,.csv"}

    def clean(self, value: Any) -> CheckedFile:
        """Nothing but tables, and not too large."""
        sent: CheckedFile = super().clean(value)
        if sent and not sent.name.endswith((".xlsx", ".csv")):
            raise ValidationError(_("Send an XLSX or CSV file."), code="kind")
        if sent and sent.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Divide it."), code="too_large")
        return sent


class ImportForm(PortalForm):
    """One file."""

    file = TableField(label=_("File"))

    def content(self) -> bytes:
        """Its bytes."""
        content: bytes = self.cleaned_data["file"].content.read()
        return content

"""What the audit page shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.audit.models import AuditTag
from liaison.ui.forms import DateInput, PortalForm


class AuditFilter(PortalForm):
    """Act, person, days."""

    tag = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("All")), *AuditTag.choices])
    actor = forms.CharField(label=_("Person (user name)"), required=False, max_length=60)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=100)
    first = forms.DateField(label=pgettext_lazy("first day", "From"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Last day"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        answers = super().clean() or {}
        if answers.get("first") and answers.get("last") and answers["first"] > answers["last"]:
            self.add_error("last", _("The last day is before the first."))
        return answers

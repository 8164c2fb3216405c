"""What the ledger of messages shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.notifications.models import Channel, DeliveryState
from liaison.ui.forms import DateInput, PortalForm


class DeliveryFilter(PortalForm):
    """Result, way, person, days."""

    state = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("All")), *DeliveryState.choices])
    channel = forms.ChoiceField(
        label=pgettext_lazy("of a message", "Way"), required=False, choices=[("", _("All")), *Channel.choices]
    )
    person = forms.CharField(label=_("Person (user name)"), required=False, max_length=60)
    first = forms.DateField(label=pgettext_lazy("first day", "From"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Last day"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        answers = super().clean() or {}
        if answers.get("first") and answers.get("last") and answers["first"] > answers["last"]:
            self.add_error("last", _("The last day is before the first."))
        return answers

"""By which ways a person wants which messages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from liaison.notifications.kinds import OTHER, KindGroup, groups
from liaison.notifications.models import Channel, DailyReader
from liaison.notifications.sms import mobile_of, provider
from liaison.notifications.ways import USUAL, choices_of
from liaison.ui.forms import PortalForm


class ChoicesForm(PortalForm):
    """One question per group of messages; the inbox is no question, and neither is what the law wants told."""

    phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        help_text=_("For text messages; 11 digits, or + and the country's code."),
    )
    daily = forms.BooleanField(
        label=_("One e-mail a day, in the morning, instead of many"),
        required=False,
        help_text=_("Urgent messages and those that the law asks for still come at once."),
    )
    autocomplete = {"phone": "tel"}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.groups = [*groups(), OTHER]
        has_sms = provider() is not None
        chosen = choices_of([person], *(group.code for group in self.groups))
        known = {group: _wanted(person, group, chosen) for group in self.groups}
        initial = {f"group_{group.code}": wanted for group, wanted in known.items()}
        daily = DailyReader.objects.filter(user=person).exists()
        super().__init__(*args, initial={**initial, "phone": person.phone, "daily": daily}, **kwargs)
        ways = [(each.value, each.label) for each in USUAL if has_sms or each != Channel.SMS]
        for group in self.groups:
            self.fields[f"group_{group.code}"] = forms.MultipleChoiceField(
                label=group.label, choices=ways, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.order_fields([*(f"group_{group.code}" for group in self.groups), "daily", "phone"])
        if not has_sms:
            del self.fields["phone"]

    def clean(self) -> dict[str, Any]:
        """Who wants text messages says where to."""
        answers = super().clean() or {}
        wants_sms = any(Channel.SMS in answers.get(f"group_{group.code}", []) for group in self.groups)
        if "phone" in answers and (wants_sms or answers["phone"]) and not mobile_of(answers["phone"]):
            self.add_error("phone", ValidationError(_("Enter a mobile number, such as 138 0000 0000 or +49 171 1234567.")))
        return answers

    def wanted(self) -> dict[KindGroup, set[str]]:
        """The ways of each group."""
        return {group: set(self.cleaned_data[f"group_{group.code}"]) for group in self.groups}


def _wanted(person: User, group: KindGroup, chosen: dict[tuple[int, str, str], bool]) -> list[str]:
    return [channel.value for channel, usual in USUAL.items() if chosen.get((person.pk, group.code, channel), usual)]

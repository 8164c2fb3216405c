"""Accounts, duties, substitutions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.forms.sign_in import PHONE, PLAIN_NAME, USER_NAME
from liaison.accounts.models import Duty, Unit, User
from liaison.ui.forms import DateInput, PortalForm

RESERVED = {"new"}


class PeopleFilter(PortalForm):
    """What the list shows."""

    q = forms.CharField(label=_("Name or user name"), required=False, max_length=60)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"), required=False, to_field_name="code", empty_label=_("All"))
    duty = forms.ChoiceField(label=_("Duty"), required=False, choices=[("", _("All")), *Duty.choices])
    state = forms.ChoiceField(
        label=_("Account"), required=False, choices=[("", _("All")), ("on", _("may sign in")), ("off", _("switched off"))]
    )


class AccountForm(PortalForm):
    """How a person is called and reached."""

    name = forms.CharField(label=_("Name"), max_length=60, validators=[PLAIN_NAME])
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30, validators=[PHONE])

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """One account per address."""
        email = str(self.cleaned_data["email"]).lower()
        owner = User.objects.by_login(email) if email else None
        if owner is not None and owner != self.person:
            raise ValidationError(_("This e-mail address is taken."))
        return email


class NewAccountForm(AccountForm):
    """A new account; its owner chooses the password by a link."""

    username = forms.CharField(label=_("User name"), min_length=3, max_length=60, validators=[USER_NAME])
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link to choose a password goes there."))
    field_order = ("username", "name", "email", "phone")

    def clean_username(self) -> str:
        """One account per name, whatever the case."""
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if username.lower() in RESERVED or User.objects.by_login(username) is not None:
            raise ValidationError(_("This user name is taken."))
        return username


class PeriodForm(PortalForm):
    """From one day to another; the database refuses a period that ends before it begins, this says it beside the field."""

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The last day is before the first."))
        return self.cleaned_data


class DutyForm(PeriodForm):
    """What somebody does where, from when to when."""

    unit = forms.ModelChoiceField(Unit.objects.filter(is_active=True), label=_("Unit"), to_field_name="code")
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)
    from_on = forms.DateField(label=pgettext_lazy("first day", "From"), widget=DateInput)
    to_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput)


class EndDutyForm(PortalForm):
    """The last day."""

    to_on = forms.DateField(label=_("Last day"), widget=DateInput)


class SubstituteForm(PeriodForm):
    """Who stands in, from when to when."""

    substitute = forms.ModelChoiceField(User.objects.none(), label=_("Substitute"), to_field_name="username")
    from_on = forms.DateField(label=pgettext_lazy("first day", "From"), widget=DateInput)
    to_on = forms.DateField(label=_("Last day"), widget=DateInput)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["substitute"]
        choice.queryset = people


class UnitSubstituteForm(SubstituteForm):
    """The head's form: whose absence, too."""

    absent = forms.ModelChoiceField(User.objects.none(), label=_("Absent"), to_field_name="username")
    field_order = ("absent", "substitute", "from_on", "to_on")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        choice: Any = self.fields["absent"]
        choice.queryset = people

"""Inviting people, and setting up a sign-in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Role
from enterprises.models import Enterprise
from liaison.accounts.models import User
from liaison.ui.forms import PortalForm, PortalModelForm


class InviteForm(PortalForm):
    """Whom a manager invites."""

    name = forms.CharField(label=_("Whom you invite"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The link is sent there. You can also pass it on yourself.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.STAFF, _("Colleague: raises and follows issues")),
            (Role.MANAGER, _("Manager: also keeps people and data")),
        ],
        initial=Role.STAFF,
        widget=forms.RadioSelect,
    )


class SignUpForm(PortalModelForm):
    """A person's own sign-in."""

    password1 = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    autocomplete = {"username": "username", "name": "name", "phone": "tel", "email": "email"}

    class Meta:
        model = User
        fields = ["username", "name", "phone", "email"]
        labels = {"username": _("User name"), "name": _("Your name"), "phone": _("Phone"), "email": _("E-mail")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _; you sign in with it."),
            "email": _("Messages about your issues also go there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_validators_help_text_html()

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same and good enough for this person."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            self._check_password(first, cleaned)
        return cleaned

    def _check_password(self, password: str, cleaned: dict[str, Any]) -> None:
        person = User(**{name: cleaned.get(name) or "" for name in self.Meta.fields})
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password1", error)

    def create_person(self) -> User:
        """The new person, with the sign-in they chose."""
        known = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return User.objects.create_user(**known, password=self.cleaned_data["password1"])


class ActingForm(PortalForm):
    """For which of their enterprises a person acts now."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), to_field_name="credit_code", label=_("Act for"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Enterprise] = self.fields["enterprise"]  # type: ignore[assignment]
        field.queryset = Enterprise.objects.represented_by(user)

"""Inviting people, and setting up a sign-in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from enterprises.enums import Role
from enterprises.models import Enterprise
from liaison.accounts.forms.sign_in import PHONE, PLAIN_NAME, USER_NAME
from liaison.accounts.models import User
from liaison.ui.forms import PortalForm


class NameTaken(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """Somebody else took the user name a moment ago."""


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


class SignUpForm(PortalForm):
    """A person's own sign-in. An e-mail address counts only after its owner has followed a link (accounts.confirmation)."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[USER_NAME],
        help_text=_("You sign in with it. Letters, digits, full stop, hyphen and underscore."),
    )
    name = forms.CharField(label=_("Your name"), max_length=60, validators=[PLAIN_NAME])
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False, validators=[PHONE])
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For messages and for a forgotten password; we send a link to confirm it."),
    )
    password1 = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    autocomplete = {"username": "username", "name": "name", "phone": "tel", "email": "email"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_validators_help_text_html()

    def clean_username(self) -> str:
        """One account per name, whatever its case and width."""
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if User.objects.by_login(username) is not None:
            raise get_adapter().validation_error("username_taken")
        return username

    def clean_email(self) -> str:
        """Never say whether an address is known."""
        return str(self.cleaned_data["email"]).lower()

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
        person = User(**{name: cleaned.get(name) or "" for name in ("username", "name", "phone", "email")})
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password1", error)

    def create_person(self) -> User:
        """The new person, with the sign-in they chose; of two who choose the same name at once the second is told."""
        known = {name: self.cleaned_data[name] for name in ("username", "name", "phone")}
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    **known, pending_email=self.cleaned_data["email"], password=self.cleaned_data["password1"]
                )
        except IntegrityError:
            raise NameTaken from None
        if user.pending_email:
            get_adapter().send_address_confirmation(user)
        return user

    def name_taken(self) -> None:
        """Say so beside the field."""
        self.add_error("username", get_adapter().validation_error("username_taken"))


class ActingForm(PortalForm):
    """For which of their enterprises a person acts now."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), to_field_name="credit_code", label=_("Act for"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Enterprise] = self.fields["enterprise"]  # type: ignore[assignment]
        field.queryset = Enterprise.objects.represented_by(user)

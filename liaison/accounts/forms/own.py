"""What people say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.accounts.forms.sign_in import PHONE, PLAIN_NAME


class OwnForm(forms.Form):
    """Name, phone, e-mail."""

    name = forms.CharField(label=_("Your name"), max_length=60, validators=[PLAIN_NAME])
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False, validators=[PHONE])
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For messages and for a forgotten password; we send a link to confirm it."),
    )

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).lower()

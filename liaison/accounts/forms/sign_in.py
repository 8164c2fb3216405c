"""Forms of signing in: allauth's, in our words."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from liaison.accounts import lockout
from liaison.accounts.models import User
from liaison.accounts.second_factor import claim_code, secret_of

PHONE = RegexValidator(r"^\+?[0-9][0-9 \-]{4,28}$", _("Enter a phone number: digits, spaces and hyphens only."))
PLAIN_NAME = RegexValidator(
    r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>]",
    _("Enter a name without hidden characters."),
    inverse_match=True,
)
USER_NAME = RegexValidator(r"^[\w.\-]+$", _("Use letters, digits, full stop, hyphen and underscore only."))
password_rules = lazy(lambda: " ".join(password_validators_help_texts()), str)


class SignInForm(account_forms.LoginForm):  # type: ignore[misc] # allauth ships no types
    """``login`` and ``password``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail")
        login.max_length = 254
        login.widget = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs.pop("placeholder", None)


class SignUpForm(account_forms.SignupForm):  # type: ignore[misc] # allauth ships no types
    """Somebody of a firm opens an account; the firm itself is registered afterwards."""

    field_order = ("username", "name", "phone", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["username"].label = _("User name")
        fields["username"].help_text = _("You sign in with it. Letters, digits, full stop, hyphen and underscore.")
        fields["username"].validators.append(USER_NAME)
        fields["username"].widget.attrs.pop("placeholder", None)
        fields["name"] = forms.CharField(label=_("Your name"), max_length=60, validators=[PLAIN_NAME])
        fields["phone"] = forms.CharField(label=_("Phone"), max_length=30, validators=[PHONE])
        fields["email"] = forms.EmailField(
            label=_("E-mail"),
            required=False,
            help_text=_("For messages and for a forgotten password; we send a link to confirm it."),
        )
        fields["name"].widget.attrs["autocomplete"] = "name"
        fields["phone"].widget.input_type = "tel"
        fields["phone"].widget.attrs["autocomplete"] = "tel"
        fields["email"].widget.attrs["autocomplete"] = "email"
        _name_passwords(self, _("Password"))
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        """One account per name, whatever the case."""
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if User.objects.by_login(username) is not None:
            raise get_adapter().validation_error("username_taken")
        return username

    def clean_email(self) -> str:
        """Never say whether an address is known."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """Keep the address from allauth: it counts only after its owner confirmed it."""
        answers: dict[str, Any] = super().clean()
        answers["pending_email"], answers["email"] = answers.get("email", ""), ""
        return answers


class PasswordChangeForm(account_forms.ChangePasswordForm):  # type: ignore[misc] # allauth ships no types
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        old.label, old.help_text = _("Present password"), ""
        old.widget.attrs.pop("placeholder", None)
        _name_passwords(self, _("New password"))

    def clean_oldpassword(self) -> str:
        """Tries are counted as at sign-in."""
        password = str(self.cleaned_data["oldpassword"])
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class PasswordResetForm(account_forms.ResetPasswordForm):  # type: ignore[misc] # allauth ships no types
    """A link goes to the address, if it is somebody's."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        """Find whose confirmed address it is; the answer is the same for nobody's."""
        email = str(self.cleaned_data["email"]).lower()
        user = User.objects.by_login(email)
        self.users = [user] if user is not None and user.is_active and user.email.lower() == email else []
        return email


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc] # allauth ships no types
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self, _("New password"))


class ReauthenticateForm(account_forms.ReauthenticateForm):  # type: ignore[misc] # allauth ships no types
    """The password once more before something grave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs.pop("placeholder", None)


class _CodeMixin:
    """Tries are limited, and a code is good once."""

    user: User
    fields: dict[str, forms.Field]
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self.fields["code"])

    def clean_code(self) -> str:
        """Count the try, look at the code, mark it used."""
        attempt = lockout.reserve(lockout.code_key(self.user), settings.SIGN_IN_FAILURES_PER_ACCOUNT)
        if attempt.refused:
            raise get_adapter()._locked(attempt)  # noqa: SLF001 - one sentence for both locks
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not claim_code(self.user, secret_of(self.user) or "", code):
            raise ValidationError(get_adapter().error_messages["incorrect_code"], code="incorrect_code")
        lockout.clear(attempt.key)
        return code


class CodeForm(_CodeMixin, code_forms.AuthenticateForm):  # type: ignore[misc] # allauth ships no types
    """The second step of signing in."""


class CodeAgainForm(_CodeMixin, code_forms.ReauthenticateForm):  # type: ignore[misc] # allauth ships no types
    """The second factor once more before something grave."""


class AppForm(app_forms.ActivateTOTPForm):  # type: ignore[misc] # allauth ships no types
    """The first code proves that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self.fields["code"])

    def clean_code(self) -> str:
        """The code that set up the app does not sign in again."""
        code: str = super().clean_code()
        claim_code(self.user, self.secret, code)
        return code


def _name_passwords(form: forms.Form, label: Any) -> None:
    first, second = form.fields["password1"], form.fields["password2"]
    first.label, first.help_text = label, password_rules()  # type: ignore[no-untyped-call] # a lazy text
    second.label, second.help_text = _("The same password again"), ""
    for field in (first, second):
        field.widget.attrs.pop("placeholder", None)


def _name_code(field: forms.Field) -> None:
    field.label = _("Code from the app")
    field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})

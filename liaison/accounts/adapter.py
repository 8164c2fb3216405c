"""How allauth signs people in here: our lock, our words, our secrets."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import BaseSignupForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from liaison.accounts import lockout, sealing
from liaison.accounts.devices import known_device, remember_device
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.audit.actions import address_of, record
from liaison.audit.models import AuditTag

WRONG = _("The user name or the password is not right.")
CODE_WRONG = _("The code is not right, or it was used already.")
TOO_MANY = _("Too many tries. Wait a little, then try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Sign-in of the portal."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": CODE_WRONG,
        "invalid_password_reset": _("This link is no longer good. Ask for a new one."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "username_taken": _("This user name is taken."),
        "username_blacklisted": _("This user name is taken."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: ``authenticate`` below holds the lock."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Count the try, then look at the password."""
        login = credentials.get("username") or ""
        known = User.objects.by_login(login)
        attempts = self._attempts(request, known, login)
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            lockout.clear(attempts.pop("account").key)
            for attempt in attempts.values():
                lockout.give_back(attempt)
            return user
        name = known.username if known else "?"  # what an unknown visitor typed may be a password: it is not kept
        record(AuditTag.SIGN_IN_FAILED, by=None, subject=name, request=request)
        for scope, attempt in attempts.items():
            if attempt.is_last:
                record(AuditTag.SIGN_IN_LOCKED, by=None, subject=name, detail={"scope": scope}, request=request)
        if (everywhere := attempts.get("everywhere")) and everywhere.is_last:
            self.tell_of_attack()
        return None

    def _attempts(self, request: HttpRequest, known: User | None, login: str) -> dict[str, lockout.Attempt]:
        """Count the try under every lock that it has to pass; a closed one ends it, and those behind it count nothing."""
        attempts = {}
        for scope, key, most in self._locks(request, known, login):
            attempts[scope] = lockout.reserve(key, most)
            if attempts[scope].refused:
                raise self._locked(attempts[scope])
        return attempts

    def _locks(self, request: HttpRequest, known: User | None, login: str) -> list[tuple[str, str, int]]:
        """On a device of the owner its own lock, elsewhere those that strangers can close."""
        most = settings.SIGN_IN_FAILURES_PER_ACCOUNT
        if known is not None and (device := known_device(request, known)):
            return [("account", lockout.device_key(known, device), most)]
        return [
            ("account", lockout.account_key(known, login), most),
            ("address", lockout.address_key(address_of(request) or ""), settings.SIGN_IN_FAILURES_PER_ADDRESS),
            ("everywhere", lockout.EVERYWHERE, settings.SIGN_IN_FAILURES_EVERYWHERE),
        ]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """From now on this device is the user's."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user)
        return response

    def tell_of_attack(self) -> None:
        """Tell those who watch over accounts; the adapter of liaison.notifications does it."""
        raise NotImplementedError

    def _locked(self, attempt: lockout.Attempt) -> ValidationError:
        until = timezone.localtime(attempt.locked_until)
        text = _("Too many failed tries. Sign-in is locked; you can try again after %(time)s.")
        return ValidationError(text, code="locked", params={"time": date_format(until, "H:i")})

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the ``real_address`` middleware settled on."""
        return address_of(request) or "0.0.0.0"  # noqa: S104 - only a stand-in for a socket without an address

    def save_user(self, request: HttpRequest, user: User, form: BaseSignupForm, commit: bool = True) -> User:  # noqa: ARG002, FBT001, FBT002
        """Keep what the sign-up form asks for; the e-mail address counts only after it was confirmed."""
        answers = form.cleaned_data
        user.username = answers["username"]
        user.name, user.phone = answers["name"], answers["phone"]
        user.pending_email = answers["pending_email"]
        user.set_password(answers["password1"])
        user.save()
        if user.pending_email:
            self.send_address_confirmation(user)
        return user

    def send_address_confirmation(self, user: User) -> None:
        """Write to the address that waits for confirmation; the adapter of liaison.notifications does it."""
        raise NotImplementedError

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002 - one rule for all
        """A sign-in of the last minutes is proof enough, by whatever factor."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to one's own page."""
        return "/me/"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Second factor of the portal."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": CODE_WRONG,
        "cannot_delete_authenticator": _("Staff may not go without a second factor."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app first."),
    }

    def get_totp_label(self, user: User) -> str:
        """The name that the app shows."""
        return user.username

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep theirs where it is compulsory."""
        return not (settings.STAFF_SECOND_FACTOR and hats_of(authenticator.user).is_staff)

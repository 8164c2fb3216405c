"""Sign-in by user name or e-mail address; rights are never asked of Django's permission tables."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from liaison.accounts.models import User


class SignInBackend(AuthenticationBackend):  # type: ignore[misc] # allauth ships no types
    """allauth's backend with our way of finding the account: one password check per try, whatever was typed."""

    def _authenticate(self, _request: HttpRequest | None, **credentials: Any) -> User | None:
        user = User.objects.by_login(credentials.get("username") or "")
        checked: User | None = self._check_password(user, credentials["password"])
        return checked

    def has_perm(self, *_args: object, **_kwargs: object) -> bool:
        """Nothing is granted here: rights.py is the only table."""
        return False

    def has_module_perms(self, *_args: object, **_kwargs: object) -> bool:
        """Nothing is granted here either."""
        return False

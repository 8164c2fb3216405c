"""Sign-in by user name or e-mail address; rights are never asked of Django's permission tables."""

from allauth.account.auth_backends import AuthenticationBackend


class SignInBackend(AuthenticationBackend):
    """allauth's backend as it is; named here so that settings hold one place."""

"""Addresses of signing in and of one's own page. allauth's pages are named one by one: what is not listed does not exist."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from liaison.accounts.views.confirmation import confirm
from liaison.accounts.views.me import me

View = Callable[..., HttpResponseBase]


def answered(view: View) -> View:
    """An invalid form is a bad request (400), here as on all other pages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == HTTPStatus.OK and form is not None and form.errors:
            response.status_code = HTTPStatus.BAD_REQUEST
        return response

    return never_cache(answer)


urlpatterns = [
    path("accounts/login/", answered(account.login), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/signup/", answered(account.signup), name="account_signup"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", answered(account.reauthenticate), name="account_reauthenticate"),
    path("accounts/confirm/<str:token>/", confirm, name="confirm_email"),
    path("accounts/password/change/", answered(account.password_change), name="account_change_password"),
    path("accounts/password/set/", answered(account.password_set), name="account_set_password"),
    path("accounts/password/reset/", answered(account.password_reset), name="account_reset_password"),
    path("accounts/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        answered(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("accounts/password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("accounts/2fa/", mfa.index, name="mfa_index"),
    path("accounts/2fa/authenticate/", answered(mfa.authenticate), name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", answered(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", answered(totp.activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", answered(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/generate/",
        answered(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("accounts/2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("accounts/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("me/", me, name="me"),
]

"""Django's and allauth's signals about accounts become audit entries."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_signed_up
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from liaison.accounts import lockout
from liaison.accounts.middleware import SEEN, STARTED
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Record who came in, from where; the session's limits count from now."""
    request.session[STARTED] = request.session[SEEN] = timezone.now().timestamp()
    record(AuditTag.SIGNED_IN, by=user, subject=user.username, request=request)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    """Record who left."""
    if user is not None:
        record(AuditTag.SIGNED_OUT, by=user, subject=user.username, request=request)


@receiver(user_signed_up)
def signed_up(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Record a new account."""
    record(AuditTag.ACCOUNT_CHANGED, by=user, subject=user.username, detail={"signed_up": True}, request=request)


@receiver([password_changed, password_set, password_reset])
def password_is_new(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Record it, and forget the failures with the old password."""
    lockout.clear(lockout.account_key(user, user.username))
    record(AuditTag.PASSWORD_CHANGED, by=user, subject=user.username, request=request)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def second_factor_changed(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Record what became of the second factor."""
    detail = {"type": authenticator.type, "there": Authenticator.objects.filter(pk=authenticator.pk).exists()}
    record(AuditTag.SECOND_FACTOR_CHANGED, by=user, subject=user.username, detail=detail, request=request)


@receiver(authentication_failed)
def code_was_wrong(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Record a wrong second factor: somebody knows the password."""
    record(AuditTag.SIGN_IN_FAILED, by=None, subject=user.username, detail={"factor": "code"}, request=request)

"""Django's sign-in signals become audit entries."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:  # noqa: ANN401
    """Record who came in, from where."""
    record(AuditTag.SIGNED_IN, by=user, subject=user.username, request=request)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:  # noqa: ANN401
    """Record who left."""
    if user is not None:
        record(AuditTag.SIGNED_OUT, by=user, subject=user.username, request=request)

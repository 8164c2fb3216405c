"""Letters about the account itself: links are made when the letter is sent, so no secret lies in the outbox."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext as _

from liaison.accounts.adapter import AccountAdapter as SignInAdapter
from liaison.accounts.confirmation import confirmation_token
from liaison.accounts.models import Duty, User
from liaison.accounts.queries import holders
from liaison.notifications import addresses
from liaison.notifications.actions import Notice, notify
from liaison.notifications.models import Channel, Notification


class AccountAdapter(SignInAdapter):
    """Sign-in, with a way to write to people."""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """The answer to the visitor takes the same time whether or not there is a letter to send."""
        send_password_link(user)

    def send_address_confirmation(self, user: User) -> None:
        """Write to the address that waits for confirmation."""
        key = f"confirm:{uuid.uuid4()}"
        notify(Notice("account_confirm_email", key, [user], {"email": user.pending_email}, (Channel.EMAIL,)))

    def tell_of_attack(self) -> None:
        """The security administrators, once for each time that the lock closes."""
        notify(Notice("account_attack", f"attack:{uuid.uuid4()}", holders([Duty.SECURITY_ADMIN]), urgent=True))


def send_password_link(user: User) -> None:
    """A one-time link with which the person chooses a password."""
    notify(Notice("account_password_link", f"password:{uuid.uuid4()}", [user], channels=(Channel.EMAIL,)))


def load_account_notices(notifications: Sequence[Notification]) -> Mapping[int, dict[str, Any]]:
    """Links made at this moment; a confirmation that was overtaken by another address is left out."""
    return {row.pk: context for row in notifications if (context := _context(row)) is not None}


def _context(row: Notification) -> dict[str, Any] | None:
    user = row.recipient
    if row.kind == "account_attack":
        why = _("You watch over the accounts of the portal.")
        minutes = settings.SIGN_IN_LOCK_SECONDS // 60
        return {"url": "/people/", "why": why, "most": settings.SIGN_IN_FAILURES_EVERYWHERE, "minutes": minutes}
    if row.kind == "account_password_link":
        path = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        return {"url": reverse("account_reset_password_from_key", kwargs=path), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    if row.kind == addresses.KIND:
        return {"channel": Channel(row.context["channel"]).label, "url": reverse("messages")}
    email = row.context["email"]
    if email != user.pending_email:
        return None
    owner = User.objects.by_login(email)
    taken_by = owner if owner is not None and owner.email.lower() == email else None
    url = reverse("account_login") if taken_by else reverse("confirm_email", args=[confirmation_token(user)])
    return {"to": email, "url": url, "taken_by": taken_by.username if taken_by else ""}

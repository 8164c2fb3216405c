"""An e-mail address counts only after its owner followed a link; until then it is nobody's."""

from django.core import signing
from django.db import IntegrityError, transaction

from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag

SALT = "liaison.accounts.confirmation"
SECONDS = 7 * 24 * 3600


def confirmation_token(user: User) -> str:
    """What the link carries: whose address, and which."""
    return signing.dumps([user.pk, user.pending_email], salt=SALT)


def waiting_for(token: str) -> User | None:
    """Who waits for exactly this confirmation."""
    try:
        pk, email = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, pending_email=email, is_active=True).exclude(pending_email="").first()


def confirm_email(token: str) -> bool:
    """The address is the person's from now on; false when the link is old or somebody else has the address."""
    waiting = waiting_for(token)
    if waiting is None:
        return False
    try:
        with transaction.atomic():
            user = User.objects.select_for_update(no_key=True).get(pk=waiting.pk)
            user.email, user.pending_email = waiting.pending_email, ""
            user.save(update_fields=["email", "pending_email"])
            record(AuditTag.ACCOUNT_CHANGED, by=user, subject=user.username, detail={"field": "email"})
    except IntegrityError:
        return False
    return True

"""Accounts: opened, changed, switched off and on; nobody but its owner chooses a password."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from liaison.accounts import lockout, second_factor
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@transaction.atomic
def open_account(*, username: str, name: str, email: str, phone: str, by: User) -> User:
    """Open an account without a password; the person chooses one by the link that is sent to ``email``."""
    user = User.objects.create_user(username, None, name=name, email=email, phone=phone)
    record(AuditTag.ACCOUNT_CHANGED, by=by, subject=user.username, detail={"opened": True})
    return user


@transaction.atomic
def change_account(user: User, *, by: User, name: str, email: str, phone: str) -> User:
    """Correct a person's name and how they are reached; the record names the fields, never their content."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wanted = {"name": name, "email": email, "phone": phone}
    changed = sorted(field for field, value in wanted.items() if getattr(user, field) != value)
    for field in changed:
        setattr(user, field, wanted[field])
    if changed:
        user.save(update_fields=changed)
        record(AuditTag.ACCOUNT_CHANGED, by=by, subject=user.username, detail={"fields": changed})
    return user


@transaction.atomic
def switch_account(user: User, *, by: User, active: bool) -> User:
    """Let a person in, or keep them out from their next request on; nobody switches off themselves."""
    if user.pk == by.pk:
        message = "nobody switches off themselves"
        raise ValueError(message)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    record(AuditTag.ACCOUNT_CHANGED, by=by, subject=user.username, detail={"active": active})
    return user


@transaction.atomic
def unlock_account(user: User, *, by: User) -> None:
    """Open the lock that failed sign-ins closed."""
    lockout.clear(lockout.account_key(user, user.username))
    lockout.clear(lockout.code_key(user))
    record(AuditTag.ACCOUNT_CHANGED, by=by, subject=user.username, detail={"unlocked": True})


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """The phone is lost: the person sets up a new one at the next sign-in."""
    second_factor.remove(user)
    end_sessions(user)
    record(AuditTag.SECOND_FACTOR_CHANGED, by=by, subject=user.username, detail={"there": False})


@transaction.atomic
def update_own(user: User, *, name: str, phone: str, email: str) -> bool:
    """Change one's own entry; true when a new address waits for confirmation."""
    waits = bool(email) and email != user.email
    user.name, user.phone = name, phone
    user.pending_email = email if waits else ""
    if not email:
        user.email = ""
    user.save(update_fields=["name", "phone", "email", "pending_email"])
    record(AuditTag.ACCOUNT_CHANGED, by=user, subject=user.username, detail={"own": True})
    return waits


@transaction.atomic
def change_own_phone(user: User, phone: str) -> None:
    """Change one's own number."""
    if user.phone == phone:
        return
    user.phone = phone
    user.save(update_fields=["phone"])
    record(AuditTag.ACCOUNT_CHANGED, by=user, subject=user.username, detail={"own": True, "fields": ["phone"]})


def end_sessions(user: User) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()

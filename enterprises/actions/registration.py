"""A firm registers itself."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from enterprises import notices
from enterprises.actions.data import edit_enterprise
from enterprises.actions.events import add_event, locked
from enterprises.actions.status import apply_again
from enterprises.enums import EventKind, Role, Status
from enterprises.models import Enterprise, Licence, Representative
from enterprises.permissions import forget_roles, may_represent
from enterprises.workflow import ENTERPRISE_FLOW
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.files.checks import CheckedFile
from liaison.files.models import PendingUpload
from liaison.notifications.actions import notify


class AlreadyRegistered(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """The credit code belongs to an enterprise that is known already."""


@transaction.atomic
def register_enterprise(
    *, by: User, now: datetime, licence: CheckedFile | PendingUpload | None = None, **values: Any
) -> Enterprise:
    """Take the application; whoever made it becomes the firm's manager.

    A refused application blocks nobody: a new one takes its place, and whoever made the old one has no part in it.
    """
    if not may_represent(by):
        raise PermissionDenied
    enterprise = _place(values["credit_code"])
    for name, value in values.items():
        setattr(enterprise, name, value)
    enterprise.status, enterprise.status_reason = Status.APPLIED, ""
    enterprise.applied_by, enterprise.applied_at, enterprise.registered_at = by, now, now
    _save(enterprise)
    if licence is not None:
        Licence.store(licence, by=by, enterprise=enterprise, uploaded_at=now)
    enterprise.representatives.open().update(ended_at=now)
    Representative.objects.create(enterprise=enterprise, user=by, role=Role.MANAGER, since=now)
    forget_roles(by)
    event = add_event(enterprise, EventKind.APPLIED, by=by, now=now)
    notify(notices.about(event, notices.desk()), now=now)
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=enterprise.credit_code, detail={"role": Role.MANAGER}, now=now)
    return enterprise


@transaction.atomic
def resend_application(
    enterprise: Enterprise, *, by: User, now: datetime, licence: CheckedFile | PendingUpload | None = None, **values: Any
) -> Enterprise:
    """A refused firm corrects its data, perhaps sends a better photo, and applies again."""
    ENTERPRISE_FLOW.check("apply-again", locked(enterprise), by, now)
    edit_enterprise(enterprise, by=by, now=now, **values)
    if licence is not None:
        Licence.store(licence, by=by, enterprise=enterprise, uploaded_at=now)
    return apply_again(enterprise, by=by, now=now)


def _save(enterprise: Enterprise) -> None:
    """Of two who register the same code at once the second is told."""
    try:
        with transaction.atomic():
            enterprise.save()
    except IntegrityError as error:
        if "credit_code" in str(error):
            raise AlreadyRegistered from error
        raise


def _place(credit_code: str) -> Enterprise:
    """A new row, or the one of a refused application."""
    known = Enterprise.objects.select_for_update(no_key=True).filter(credit_code=credit_code).first()
    if known is None:
        return Enterprise(credit_code=credit_code)
    if known.status != Status.REFUSED:
        raise AlreadyRegistered
    return known

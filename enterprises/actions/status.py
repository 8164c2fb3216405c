"""The desk's decisions about a registration."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from enterprises import notices
from enterprises.actions.events import add_event, locked
from enterprises.enums import EventKind, Role, Status
from enterprises.models import Enterprise
from enterprises.permissions import forget_roles
from enterprises.workflow import ENTERPRISE_FLOW
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.notifications.actions import notify

Action = Callable[..., Enterprise]


def verify_enterprise(enterprise: Enterprise, *, by: User, now: datetime, reason: str = "") -> Enterprise:
    """The licence and the code are right: the firm may raise issues from now on."""
    return _take("verify", EventKind.VERIFIED, enterprise, by=by, now=now, reason=reason)


def refuse_enterprise(enterprise: Enterprise, *, by: User, now: datetime, reason: str) -> Enterprise:
    """Something is wrong with the application; the firm is told what."""
    return _take("refuse", EventKind.REFUSED, enterprise, by=by, now=now, reason=reason)


def apply_again(enterprise: Enterprise, *, by: User, now: datetime, reason: str = "") -> Enterprise:
    """The firm has corrected what was wrong."""
    return _take("apply-again", EventKind.APPLIED, enterprise, by=by, now=now, reason=reason)


def suspend_enterprise(enterprise: Enterprise, *, by: User, now: datetime, reason: str) -> Enterprise:
    """The firm may raise nothing for the time being; what runs goes on."""
    return _take("suspend", EventKind.SUSPENDED, enterprise, by=by, now=now, reason=reason)


def reopen_enterprise(enterprise: Enterprise, *, by: User, now: datetime, reason: str) -> Enterprise:
    """The reason for suspending or closing is gone."""
    return _take("reopen", EventKind.REOPENED, enterprise, by=by, now=now, reason=reason)


def close_enterprise(enterprise: Enterprise, *, by: User, now: datetime, reason: str) -> Enterprise:
    """The firm has ended or left."""
    return _take("close", EventKind.CLOSED, enterprise, by=by, now=now, reason=reason)


ACTIONS: Final[dict[str, Action]] = {
    "verify": verify_enterprise,
    "refuse": refuse_enterprise,
    "apply-again": apply_again,
    "suspend": suspend_enterprise,
    "reopen": reopen_enterprise,
    "close": close_enterprise,
}


@transaction.atomic
def _take(step: str, kind: EventKind, enterprise: Enterprise, *, by: User, now: datetime, reason: str) -> Enterprise:
    enterprise = locked(enterprise)
    forget_roles(by)
    ENTERPRISE_FLOW.take(step, enterprise, by, now)
    enterprise.status_reason = reason
    if enterprise.status == Status.VERIFIED:
        enterprise.verified_at = enterprise.verified_at or now
    if enterprise.status == Status.APPLIED:
        enterprise.applied_at = now
    enterprise.save(update_fields=["status", "status_reason", "verified_at", "applied_at"])
    event = add_event(enterprise, kind, by=by, now=now, note=reason)
    told = notices.desk() if kind == EventKind.APPLIED else notices.people_of(enterprise, Role.MANAGER)
    notify(notices.about(event, told), now=now)
    record(AuditTag.RIGHTS_CHANGED, by=by, subject=enterprise.credit_code, detail={"status": enterprise.status}, now=now)
    return enterprise

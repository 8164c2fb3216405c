"""Adding to an enterprise's story."""

from datetime import datetime
from typing import Any

from enterprises.enums import EventKind
from enterprises.models import Enterprise, EnterpriseEvent
from liaison.accounts.models import User


def add_event(
    enterprise: Enterprise,
    kind: EventKind,
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    detail: dict[str, Any] | None = None,
) -> EnterpriseEvent:
    """One more line of the story."""
    return EnterpriseEvent.objects.create(enterprise=enterprise, kind=kind, actor=by, at=now, note=note, detail=detail or {})


def locked(enterprise: Enterprise) -> Enterprise:
    """The same enterprise, read again under a lock: what is decided now stays true until the end of the act."""
    return Enterprise.objects.select_for_update(no_key=True, of=("self",)).select_related("town").get(pk=enterprise.pk)

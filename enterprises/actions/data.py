"""Keeping an enterprise's data right."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from enterprises import notices
from enterprises.actions.events import add_event, locked
from enterprises.actions.people import NotPossible
from enterprises.enums import EventKind, Role, Status
from enterprises.models import Enterprise, Label
from enterprises.permissions import forget_roles, is_verifier, may_edit
from enterprises.tables import plain_number
from liaison.accounts.models import User
from liaison.notifications.actions import notify

FIELDS: Final = (
    "name",
    "legal_representative",
    "industry",
    "industry_code",
    "ownership",
    "employees",
    "revenue",
    "assets",
    "town",
    "park",
    "address",
    "contact_name",
    "contact_phone",
)
"What may be edited; the credit code never changes."
KNOWN: Final = frozenset({Status.VERIFIED, Status.SUSPENDED, Status.CLOSED})
"The desk has compared the name with the register."


@transaction.atomic
def edit_enterprise(enterprise: Enterprise, *, by: User, now: datetime, **values: Any) -> Enterprise:
    """Write what has changed. A new name from the firm waits for the desk; labels are the desk's."""
    enterprise = locked(enterprise)
    forget_roles(by)
    if not may_edit(enterprise, by):
        raise PermissionDenied
    by_desk = is_verifier(enterprise, by)
    labels = values.pop("labels", None)
    if not by_desk and enterprise.status in KNOWN and (name := values.pop("name", enterprise.name)) != enterprise.name:
        _ask_rename(enterprise, name, by=by, now=now)
    changes = changes_of(enterprise, values)
    if labels is not None and by_desk:
        changes |= _set_labels(enterprise, list(labels))
    written = [name for name in changes if name != "labels"]
    for name in written:
        setattr(enterprise, name, values[name])
    if written:
        enterprise.save(update_fields=written)
    if changes:
        add_event(enterprise, EventKind.EDITED, by=by, now=now, detail={"changes": changes})
    return enterprise


def changes_of(enterprise: Enterprise, values: Mapping[str, Any]) -> dict[str, list[str | None]]:
    """Field → [before, after], as text, of what differs."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        message = f"not to be edited: {sorted(unknown)}"
        raise ValueError(message)
    return {
        name: [as_text(getattr(enterprise, name)), as_text(value)]
        for name, value in values.items()
        if as_text(getattr(enterprise, name)) != as_text(value)
    }


def as_text(value: object) -> str | None:
    """A value as the story keeps it."""
    if value is None:
        return None
    if isinstance(value, models.Model):
        return str(getattr(value, "code", value.pk))
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def _set_labels(enterprise: Enterprise, labels: list[Label]) -> dict[str, list[str | None]]:
    before = ",".join(enterprise.labels.values_list("name", flat=True))
    enterprise.labels.set(labels)
    after = ",".join(enterprise.labels.values_list("name", flat=True))
    return {} if before == after else {"labels": [before, after]}


def _ask_rename(enterprise: Enterprise, name: str, *, by: User, now: datetime) -> None:
    if enterprise.pending_name == name:
        return
    enterprise.pending_name = name
    enterprise.save(update_fields=["pending_name"])
    event = add_event(enterprise, EventKind.RENAME_ASKED, by=by, now=now, detail={"name": name})
    notify(notices.about(event, notices.desk()), now=now)


@transaction.atomic
def decide_rename(enterprise: Enterprise, *, approve: bool, by: User, now: datetime, note: str = "") -> Enterprise:
    """The desk compares the new name with the register."""
    enterprise = locked(enterprise)
    if not is_verifier(enterprise, by):
        raise PermissionDenied
    if not enterprise.pending_name:
        raise NotPossible(_("No change of name is waiting."))
    before, asked = enterprise.name, enterprise.pending_name
    enterprise.name, enterprise.pending_name = (asked if approve else before), ""
    enterprise.save(update_fields=["name", "pending_name"])
    kind = EventKind.RENAMED if approve else EventKind.RENAME_DECLINED
    event = add_event(enterprise, kind, by=by, now=now, note=note, detail={"before": before, "name": asked})
    notify(notices.about(event, notices.people_of(enterprise, Role.MANAGER)), now=now)
    return enterprise


@transaction.atomic
def set_size(enterprise: Enterprise, *, size: str, reason: str, by: User, now: datetime) -> Enterprise:
    """Set the size class by hand, with the reason; a blank class goes back to the table's."""
    enterprise = locked(enterprise)
    if not is_verifier(enterprise, by):
        raise PermissionDenied
    enterprise.size_override, enterprise.size_reason = size, (reason if size else "")
    enterprise.save(update_fields=["size_override", "size_reason"])
    add_event(enterprise, EventKind.SIZE_SET, by=by, now=now, note=reason, detail={"size": enterprise.size})
    return enterprise

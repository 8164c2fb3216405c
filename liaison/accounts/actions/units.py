"""The tree of units: added, renamed, moved, taken out of use; never deleted, history points at them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from liaison.accounts.models import Unit, User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag


@transaction.atomic
def add_unit(*, by: User, **fields: Any) -> Unit:
    """A new unit under its parent."""
    _lock_tree()
    unit = Unit(**fields)
    unit.save(force_insert=True)
    record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"unit {unit.code}", detail={"added": True})
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: User, **fields: Any) -> Unit:
    """Rename or move a unit; all below move with it. The code stays: addresses and records use it."""
    _lock_tree()
    unit = Unit.objects.get(pk=unit.pk)
    parent, before = fields.get("parent", unit.parent), unit.path
    if parent is not None and Unit.objects.get(pk=parent.pk).path.startswith(unit.path):
        raise ValidationError({"parent": _("A unit cannot belong to itself or to one below it.")})
    changed = sorted(name for name, value in fields.items() if getattr(unit, name) != value)
    for name in changed:
        setattr(unit, name, fields[name])
    unit.save()
    for below in Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk):
        Unit.objects.filter(pk=below.pk).update(path=unit.path + below.path.removeprefix(before))
    if changed:
        record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"unit {unit.code}", detail={"fields": changed})
    return unit


def _lock_tree() -> None:
    """One change of the tree at a time; readers go on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_unit IN SHARE ROW EXCLUSIVE MODE")

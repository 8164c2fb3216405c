"""Keeping the classes of issues."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from issues.models import Category
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.audit.actions import record
from liaison.audit.models import AuditTag

FIELDS = ("name", "name_en", "examples", "lead_unit", "is_active")


@transaction.atomic
def edit_category(
    category: Category, *, by: User, co_units: Iterable[Unit] = (), request: HttpRequest | None = None, **values: Any
) -> bool:
    """Write what differs and record it; whether anything did."""
    if not hats_of(by).may(Right.MANAGE_REFERENCE):
        raise PermissionDenied
    category = Category.objects.select_for_update(no_key=True, of=("self",)).select_related("lead_unit").get(pk=category.pk)
    changes = {
        name: [_text(getattr(category, name)), _text(values[name])] for name in FIELDS if getattr(category, name) != values[name]
    }
    for name in changes:
        setattr(category, name, values[name])
    if changes:
        category.save(update_fields=list(changes))
    before, after = (",".join(sorted(unit.code for unit in units)) for units in (category.co_units.all(), co_units))
    if before != after:
        category.co_units.set(co_units)
        changes["co_units"] = [before, after]
    if changes:
        record(
            AuditTag.REFERENCE_CHANGED, by=by, subject=f"category {category.code}", detail={"changes": changes}, request=request
        )
    return bool(changes)


def _text(value: object) -> str:
    """A value as the record keeps it."""
    return value.code if isinstance(value, Unit) else "" if value is None else str(value)

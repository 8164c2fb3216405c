"""Changing a number; the change is recorded with the old and the new value."""

from django.core.exceptions import ValidationError
from django.db import transaction

from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.parameters.models import DECLARED, Parameter


@transaction.atomic
def set_parameter(key: str, value: int, *, by: User) -> None:
    """Put a number in force; its default is kept as "not changed"."""
    declared = DECLARED[key]
    if not declared.least <= value <= declared.most:
        message = f"{key} must be from {declared.least} to {declared.most}"
        raise ValidationError(message)
    row = Parameter.objects.select_for_update(no_key=True).filter(key=key).first()
    old = row.value if row else declared.default
    if value == declared.default:
        Parameter.objects.filter(key=key).delete()
    else:
        Parameter.objects.update_or_create(key=key, defaults={"value": value})
    if value != old:
        record(AuditTag.REFERENCE_CHANGED, by=by, subject=f"parameter {key}", detail={"old": old, "new": value})

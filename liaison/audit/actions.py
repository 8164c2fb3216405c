"""Writing the record. Called last in a transaction: appends wait for each other, so nothing may be locked after it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.http import HttpRequest

from liaison.audit.models import AuditEntry, AuditTag

CHAIN_LOCK = 7_203_522
"Advisory lock of the one chain; any constant will do."
FIRST_HASH = "0" * 64


@transaction.atomic
def record(  # noqa: PLR0913
    tag: AuditTag,
    *,
    by: AbstractBaseUser | None,
    subject: str,
    detail: dict[str, Any] | None = None,
    request: HttpRequest | None = None,
    now: datetime | None = None,
) -> AuditEntry:
    """Append one entry to the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first()
    entry = AuditEntry(
        at=(now or datetime.now(UTC)).astimezone(UTC),
        tag=tag,
        actor=by,
        actor_name=f"{by} ({by.get_username()})"[:130] if by else "",
        address=address_of(request),
        subject=subject[:200],
        detail=detail or {},
        previous_hash=last or FIRST_HASH,
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def address_of(request: HttpRequest | None) -> str | None:
    """The visitor's address as the web server saw it (gunicorn takes it from the trusted proxy only)."""
    return (request.META.get("REMOTE_ADDR") or None) if request else None

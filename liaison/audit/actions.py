"""Writing the record. Called last in a transaction: appends wait for each other, so nothing may be locked after it."""

import ipaddress
import json
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.http import HttpRequest

from liaison.audit.models import FIRST_HASH, AuditEntry, AuditTag
from liaison.moments import clock

CHAIN_LOCK = 7_203_522
"Advisory lock of the one chain; any constant will do."


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
    """Append one entry to the chain; ``now`` is portal time, the record keeps real time, also in a moved demonstration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first()
    entry = AuditEntry(
        at=clock.to_machine(now or clock.now()).astimezone(UTC),
        tag=tag,
        actor=by,  # type: ignore[misc] # the custom user model lies above this app
        actor_name=_storable(f"{by} ({by.get_username()})")[:130] if by else "",
        address=address_of(request),
        subject=_storable(subject)[:200],
        detail=json.loads(_storable(json.dumps(detail or {}, cls=DjangoJSONEncoder, ensure_ascii=False))),
        previous_hash=last or FIRST_HASH,
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def address_of(request: HttpRequest | None) -> str | None:
    """The visitor's address as the ``real_address`` middleware left it."""
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))) if request else None
    except ValueError:
        return None


def _storable(text: str) -> str:
    """What PostgreSQL can keep: no NUL and no half characters, which visitors can put into an address."""
    return text.replace("\0", "�").replace("\\u0000", "�").encode("utf-8", "replace").decode()

"""Reading the chain from end to end."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from liaison.audit.models import FIRST_HASH, AuditEntry

BATCH = 2000


@dataclass(frozen=True)
class Fault:
    """Where the chain is broken."""

    entry: AuditEntry
    kind: str
    "``changed``: the row is not what was written; ``gap``: a row before it is missing or was put in."


def faults(*, stop_after: int = 20) -> Iterator[Fault]:
    """All broken places, oldest first."""
    previous, found = FIRST_HASH, 0
    for entry in AuditEntry.objects.order_by("pk").iterator(BATCH):
        kind = "gap" if entry.previous_hash != previous else "changed" if entry.computed_hash() != entry.hash else ""
        if kind:
            yield Fault(entry, kind)
            found += 1
            if found >= stop_after:
                return
        previous = entry.hash


def head() -> str:
    """The newest hash: kept off this machine, it proves later that nothing was cut off the end."""
    return AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first() or FIRST_HASH


def is_in_chain(hash_: str) -> bool:
    """Whether a head that was written down earlier is still there."""
    return hash_ == FIRST_HASH or AuditEntry.objects.filter(hash=hash_).exists()


def guards_missing() -> list[str]:
    """Triggers that should refuse changes and do not (dropped or switched off)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_auditentry'::regclass AND tgenabled IN ('O', 'A')")
        there = {row[0] for row in cursor.fetchall()}
    return sorted({"audit_no_change", "audit_no_truncate"} - there)

"""Prove that nobody changed the audit record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liaison.audit.models import AuditEntry
from liaison.audit.queries import faults, guards_missing, head, is_in_chain


class Command(BaseCommand):
    """Reads the whole chain; exit code 1 names the rows that are not what was written."""

    help = "Verify the audit record's hash chain. --head prints the newest hash, to be kept on another machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two ways of use."""
        parser.add_argument("--head", action="store_true", help="print the newest hash and nothing else")
        parser.add_argument("--contains", metavar="HASH", help="also prove that this earlier head is still in the chain")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify."""
        if options["head"]:
            self.stdout.write(head())
            return
        found = [f"{fault.kind}: {_line(fault.entry)}" for fault in faults()]
        if options["contains"] and not is_in_chain(options["contains"]):
            found.append(f"cut off: the chain no longer contains {options['contains']}")
        found += [f"unguarded: the database trigger {guard} is missing or switched off" for guard in guards_missing()]
        if found:
            self.stdout.write("\n".join(found))
            raise CommandError("The audit record was tampered with. / 审计记录被篡改。")
        self.stdout.write(f"ok: {AuditEntry.objects.count()} entries, head {head()}")


def _line(entry: AuditEntry) -> str:
    return f"#{entry.pk} {entry.at.isoformat()} {entry.tag} {entry.actor_name} {entry.subject}"

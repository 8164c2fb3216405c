"""Due moments for other programs: JSON lines in, JSON lines out."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from liaison.workdays import portal
from liaison.workdays.lines import answer


class Command(BaseCommand):
    """One answer for each line, written at once; lines are read one by one, however many there are."""

    help = "Read limits as JSON lines, print when they end and why (docs/working-calendar.md)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Go on after a bad line; say at the end, by the exit code, that there was one."""
        wrong = 0
        with override("en"):
            calendar = portal.calendar()
            for line in sys.stdin.buffer:
                if line.strip():
                    found = answer(line, calendar)
                    wrong += "error" in found
                    self.stdout.write(json.dumps(found, default=float))
                    self.stdout.flush()
        if wrong:
            sys.exit(1)

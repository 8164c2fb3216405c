"""manage.py demo_data: fill an empty demonstration."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from liaison.demo.load import NotADemonstration, load_demo
from liaison.moments import clock


class Command(BaseCommand):
    """Loads the demonstration district, once."""

    help = "Load the demonstration data; a second run changes nothing. Refused outside a demonstration."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say how long it took."""
        started = time.monotonic()
        try:
            done = load_demo(self.stdout.write, now=clock.now())
        except NotADemonstration:
            raise CommandError("This installation is not a demonstration: LIAISON_DEMO is not set.") from None
        if done:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # the planner knows the year from the first page on
            self.stdout.write(f"Demonstration data loaded in {time.monotonic() - started:.0f} s.")

"""``manage.py rotation OCCASION --seed N --json``: draw as the page would, changing nothing (docs/rotation.md)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.models import Occasion
from events.pool import Names, draw_for
from events.rotation.record import as_json


class Command(BaseCommand):
    """Print whom the rotation would invite, and why."""

    help = "Draw whom the fair rotation would invite to an occasion; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The occasion's address and the seed."""
        parser.add_argument("occasion", help="the last part of the occasion's address: breakfast-2026-12-01")
        parser.add_argument("--seed", type=int, required=True, help="a whole number; the same one gives the same list")
        parser.add_argument("--json", action="store_true", help="everything, for an independent check")

    def handle(self, *_args: Any, occasion: str, seed: int, json: bool, **_options: Any) -> None:
        """Draw and print."""
        found = Occasion.objects.filter(slug=occasion).select_related("series").first()
        if found is None:
            raise CommandError(f"No occasion has the address {occasion}.")
        if seed < 0:
            raise CommandError("The seed is a whole number from 0.")
        record = as_json(draw_for(found, seed), Names())
        self.stdout.write(as_text(record) if json else as_lines(record))


def as_text(record: dict[str, Any]) -> str:
    """The record as JSON."""
    return json.dumps(record, ensure_ascii=False, indent=1)


def as_lines(record: dict[str, Any]) -> str:
    """One line for each firm that is chosen."""
    return "\n".join(f"{row['rank']:>4}  {row['firm']['code']}  {row['firm']['name']}" for row in record["chosen"])

"""Draws the life of an issue from the one table that rules it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from issues.drawing import page

TARGET = Path(settings.BASE_DIR) / "docs" / "issue-flow.md"


class Command(BaseCommand):
    """``manage.py issue_flow`` writes docs/issue-flow.md; ``--check`` says whether it is up to date."""

    help = "Writes docs/issue-flow.md from the flow table."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check changes nothing."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, or compare."""
        with translation.override("en"):
            text = page()
        if not options["check"]:
            TARGET.write_text(text, encoding="utf-8")
        elif TARGET.read_text(encoding="utf-8") != text:
            self.stderr.write("docs/issue-flow.md is older than the flow table: run manage.py issue_flow")
            raise SystemExit(1)

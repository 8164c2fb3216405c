"""What the database needs before the web server, in one Django process: run by the supervisor."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.management import call_command, get_commands


def main() -> None:
    """Migrate, make the cache table, and fill the demonstration on its first start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable")
    wished = settings.DEMO and os.environ.get("LIAISON_DEMO_DATA", "1") != "0"
    if wished and "demo_data" in get_commands():  # answers at once when the data is there
        call_command("demo_data")


if __name__ == "__main__":
    main()

"""A database of its own for measurements: throw-away servers, unless the environment names others."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command

from liaison.launch.throwaway import ThrowAwayServices

DEMONSTRATION = {
    "DJANGO_SETTINGS_MODULE": "liaison.settings.base",
    "LIAISON_DEMO": "1",
    "LIAISON_SECRET_KEY": secrets.token_urlsafe(64),
}


@contextmanager
def portal() -> Iterator[None]:
    """Django with the real middleware on migrated, empty databases; everything is gone afterwards."""
    services = ThrowAwayServices()
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as folder:
        for name, value in {**DEMONSTRATION, "LIAISON_DATA_DIR": folder}.items():
            os.environ[name] = value
        try:
            services.start()
            django.setup()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            yield
        finally:
            services.stop()

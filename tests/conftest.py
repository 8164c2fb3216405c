"""The settings and the servers of a test session.

pytest-django reads the settings as soon as it knows their name, and the settings want the addresses
of the servers: so the name is given here, after the servers have started, and not in pyproject.toml.
It happens at import, because the conftest modules below this one import models.
"""

import atexit
import os
import signal
import sys
from types import FrameType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.test")  # before liaison chooses production's

from tests.services import TestServices

SERVICES = TestServices()


def pytest_unconfigure() -> None:
    """Also after Ctrl-C."""
    SERVICES.stop()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker process of xdist finds the servers of its controller
    atexit.register(SERVICES.stop)
    signal.signal(signal.SIGTERM, _leave)
    SERVICES.start()
django.setup()

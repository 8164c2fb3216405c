"""The settings and the servers of a test session.

pytest-django loads the settings as soon as it knows their name, and the settings want the addresses
of the servers: so the name is given here, after the servers have started, and not in pyproject.toml.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.services import TestServices

if TYPE_CHECKING:
    from types import FrameType

SERVICES = TestServices()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django's settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.test")
    if config.option.help or config.option.version or "PYTEST_XDIST_WORKER" in os.environ:
        return
    atexit.register(SERVICES.stop)
    signal.signal(signal.SIGTERM, _leave)
    SERVICES.start()


def pytest_unconfigure() -> None:
    """Also after Ctrl-C."""
    SERVICES.stop()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)

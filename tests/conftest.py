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
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.test")  # before liaison chooses production's

from liaison.launch.throwaway import ThrowAwayServices

SERVICES = ThrowAwayServices()

# Speed lives in benchmarks/: an example that is drawn or tried slowly says something about the machine's load only.
examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")


def pytest_unconfigure() -> None:
    """Also after Ctrl-C."""
    SERVICES.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: the last to be handed out must not keep one process busy while the other has nothing left."""
    long = {item.path for item in items if any(item.get_closest_marker(name) for name in ("slow", "launch", "browser"))}
    items.sort(key=lambda item: item.path not in long)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker process of xdist finds the servers of its controller
    atexit.register(SERVICES.stop)
    signal.signal(signal.SIGTERM, _leave)
    SERVICES.start()
django.setup()

# One browser for the whole session: were each folder to import the fixture, each would start its own, and the second fails.
from liaison.workdays import portal  # noqa: E402
from tests.browser import browser, visitor  # noqa: E402, F401


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with several connections empty all tables afterwards; the record's own tests switch its guard on again."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_no_truncate")


@pytest.fixture(autouse=True)
def newest_calendar():
    """A version of the calendar that the test before has undone is not remembered."""
    portal.forget()


@pytest.fixture(autouse=True)
def first_language():
    """Each test begins in the portal's first language, whatever the request of the test before it spoke."""
    with translation.override(settings.LANGUAGE_CODE):
        yield

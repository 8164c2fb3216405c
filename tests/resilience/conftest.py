"""One portal for the tests of a module."""

import pytest

from tests.resilience.running import Running


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    portal = Running(tmp_path_factory.mktemp("resilience") / "var").start()
    yield portal
    if portal.process.poll() is None:
        portal.stop()
    assert portal.nobody_left()

"""Fixtures of the interface's tests."""

from tests.browser import browser, visitor  # noqa: F401

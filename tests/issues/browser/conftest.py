"""Fixtures of the tests that drive a browser."""

from tests.browser import browser, visitor  # noqa: F401

"""Fixtures of the journeys."""

from tests.browser import browser, visitor  # noqa: F401

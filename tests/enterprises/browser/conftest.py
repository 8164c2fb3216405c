"""A real browser for these pages; the name ``visitor`` means it here, not the plain client."""

from tests.browser import visitor  # noqa: F401 - this folder's visitor has a browser; the one above is a test client

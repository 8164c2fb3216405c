"""Fixtures of the tests that drive a browser."""

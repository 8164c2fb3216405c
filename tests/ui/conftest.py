"""Fixtures of the interface's tests."""

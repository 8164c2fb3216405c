"""Numbers that are data."""

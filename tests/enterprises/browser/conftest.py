"""A real browser for these pages; the name ``visitor`` means it here, not the plain client."""

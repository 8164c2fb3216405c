"""Pages of supervision in a real browser."""

"""Pages of meetings in a real browser."""

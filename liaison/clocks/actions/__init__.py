"""Writing clocks, limits and the ladder."""

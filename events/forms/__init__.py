"""Input of meetings."""

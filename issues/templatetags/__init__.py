"""Template words of issues."""

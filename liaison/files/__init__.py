"""Private files: checked by content, served by permission."""

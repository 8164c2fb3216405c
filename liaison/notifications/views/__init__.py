"""Pages of one's own messages."""

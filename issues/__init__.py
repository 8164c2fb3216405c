"""What enterprises raise, and what became of it."""

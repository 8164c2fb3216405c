"""What people say about how they want to be told."""

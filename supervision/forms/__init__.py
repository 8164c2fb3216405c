"""What people write about supervision."""

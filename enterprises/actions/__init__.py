"""Everything that changes an enterprise, its people, its chambers."""

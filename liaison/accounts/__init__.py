"""People, units, duties, rights, and signing in."""

"""Forms of issues: they clean what was typed, actions decide."""

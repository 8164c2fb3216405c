"""Settings: one truth, from the environment."""

"""Business-environment supervisors: who they are, what they saw, what became of it."""

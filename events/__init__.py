"""Meetings and activities: who is invited, what was said, what was promised."""

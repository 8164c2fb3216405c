"""Writes about people, units and duties; each is checked, recorded, and one transaction."""

"""Cleaning what people type."""

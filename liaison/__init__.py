"""Liaison (政企直通): the wiring of the portal and the kernel that its apps share."""

from liaison.celery import app as celery_app

__all__ = ["celery_app"]

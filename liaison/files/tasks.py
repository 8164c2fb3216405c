"""Housekeeping of files."""

from celery import shared_task
from django.utils import timezone

from liaison.files import actions


@shared_task
def purge_pending() -> int:
    """Every hour: throw away files whose form was never completed."""
    return actions.purge_pending(timezone.now())

"""Work that time calls for; every sweep can run twice, late, or beside itself."""

from celery import shared_task

from issues.actions import pausing
from liaison.moments import clock


@shared_task
def resume_suspended() -> int:
    """Every minute: resume what reached the end of its suspension."""
    return pausing.resume_suspended(clock.now())

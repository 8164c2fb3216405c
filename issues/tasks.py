"""Work that time calls for; every sweep can run twice, late, or beside itself."""

from celery import shared_task

from issues.actions import healing, pausing
from liaison.moments import clock


@shared_task
def resume_suspended() -> int:
    """Every minute: resume what reached the end of its suspension."""
    return pausing.resume_suspended(clock.now())


@shared_task
def keep_missing_clocks() -> int:
    """Open issues without a clock get theirs: those of an installation that had none before."""
    return healing.keep_missing_clocks(clock.now())

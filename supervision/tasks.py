"""Work that time calls for; every sweep can run twice, late, or beside itself."""

from celery import shared_task

from liaison.moments import clock
from supervision.actions import evaluating, handling


@shared_task
def follow_reports() -> int:
    """Every minute: authors hear that their report's issue was answered or its supervision order closed."""
    return handling.follow_reports(clock.now())


@shared_task
def remind_supervisors() -> int:
    """Every hour: reports that are owed in a quarter, terms that end; everybody is told once."""
    now = clock.now()
    return evaluating.remind_of_duties(now) + evaluating.remind_of_term_ends(now)

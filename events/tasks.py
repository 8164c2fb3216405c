"""Work that time calls for; every sweep can run twice, late, or beside itself."""

from celery import shared_task

from events.actions import seats
from liaison.moments import clock


@shared_task
def let_offers_lapse() -> int:
    """Every minute: a held place that nobody took goes to the next in line."""
    return seats.let_offers_lapse(clock.now())

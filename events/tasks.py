"""Work that time calls for; every sweep can run twice, late, or beside itself."""

from celery import shared_task

from events.actions import purging, reminding, seats
from liaison.moments import clock


@shared_task
def let_offers_lapse() -> int:
    """Every minute: a held place that nobody took goes to the next in line."""
    return seats.let_offers_lapse(clock.now())


@shared_task
def send_reminders() -> int:
    """Every minute: remind of meetings for which it is time."""
    return reminding.send_reminders(clock.now())


@shared_task
def purge_guest_details() -> int:
    """Every hour: food, number plates and phones of guests are deleted after the retention time."""
    return purging.purge_guest_details(clock.now())

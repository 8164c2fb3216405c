"""What tells that the ladder stands still: a due rung that nobody climbs."""

from datetime import datetime

from django.db.models import Min

from liaison.clocks.models import Clock
from liaison.moments import clock


def oldest_due() -> datetime | None:
    """When the rung that has waited longest for the sweep was reached; one index is asked."""
    found: datetime | None = Clock.objects.filter(next_step_at__lte=clock.now()).aggregate(oldest=Min("next_step_at"))["oldest"]
    return clock.to_machine(found) if found else None

"""What tells that the ladder stands still: a due rung that nobody climbs."""

from django.db.models import Min
from django.utils import timezone

from liaison.clocks.models import Clock


def seconds_overdue() -> int:
    """How long the rung that has waited longest for the sweep has been due; one index is asked."""
    now = timezone.now()
    oldest = Clock.objects.filter(next_step_at__lte=now).aggregate(oldest=Min("next_step_at"))["oldest"]
    return int((now - oldest).total_seconds()) if oldest else 0

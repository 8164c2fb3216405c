"""By how much a demonstration's clock has been moved."""

from datetime import timedelta

from django.db import models
from django.db.models import Q


class MovedClock(models.Model):
    """The one row of a demonstration whose clock was moved; without it portal time is real time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    moved_by = models.DurationField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="moved_clock_once", condition=Q(id=1)),
            models.CheckConstraint(name="moved_clock_forward", condition=Q(moved_by__gt=timedelta())),
        ]

    def __str__(self) -> str:
        return f"+{self.moved_by}"

"""Which reminder of which time has gone out."""

from django.db import models

from events.models.occasion import Occasion


class Reminder(models.Model):
    """One reminder, sent once. Of a meeting that was moved, the reminders of the old time mean nothing for the new one."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="reminders")
    starts_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occasion", "starts_at", "hours"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.hours} h"

"""Planned rungs of running clocks: each (clock, cycle, level) exactly once, by a constraint."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison.clocks.enums import Light, StepState
from liaison.clocks.models.clocks import Clock
from liaison.clocks.models.rules import Rung


class Step(models.Model):
    """One rung of one clock: when it is reached, and what became of it."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="steps")
    cycle = models.PositiveSmallIntegerField(default=1)
    level = models.PositiveSmallIntegerField(_("level"))
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+")
    light = models.CharField(max_length=6, choices=Light)
    due_at = models.DateTimeField(_("reached"))
    forced = models.BooleanField(default=False)
    "By what happened, not by time: a second bad judgement, a proven false closing."
    state = models.CharField(_("state"), max_length=10, choices=StepState, default=StepState.PLANNED)
    settled_at = models.DateTimeField(null=True)
    "When it fired, was superseded, spared or cancelled."
    told = models.PositiveSmallIntegerField(_("people told"), default=0)
    acknowledge_by = models.DateTimeField(_("to be acknowledged by"), null=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    climbed_at = models.DateTimeField(null=True)
    "When it was told further up because nobody had acknowledged it."

    class Meta:
        verbose_name = _("step of the ladder")
        ordering = ["clock", "cycle", "level"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "cycle", "level"], name="step_once_per_rung"),
            models.CheckConstraint(
                name="step_settled_has_moment",
                condition=Q(state=StepState.PLANNED, settled_at=None)
                | (~Q(state=StepState.PLANNED) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_acknowledged_by_somebody",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False, state=StepState.FIRED),
            ),
        ]
        indexes = [
            models.Index(fields=["clock", "due_at"], name="step_planned", condition=Q(state=StepState.PLANNED)),
            models.Index(fields=["due_at", "id"], name="step_forced", condition=Q(state=StepState.PLANNED, forced=True)),
            models.Index(
                fields=["acknowledge_by", "id"],
                name="step_unacknowledged",
                condition=Q(state=StepState.FIRED, acknowledged_at=None, climbed_at=None, acknowledge_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.level}"

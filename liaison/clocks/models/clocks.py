"""One running deadline, the pauses in it, and how its due moment came to change."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Unit
from liaison.clocks.enums import Because, Light, Outcome, PauseReason
from liaison.clocks.models.rules import UNITS, RuleSet
from liaison.workdays.limits import Limit, LimitUnit

Key = tuple[str, int]
"The kind of a clock and the part of the subject that it is about."


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks by what they are about and how they stand."""

    def running(self) -> Self:
        """Neither met nor missed nor void; paused ones among them."""
        return self.filter(outcome=Outcome.RUNNING)

    def of(self, subject_kind: str, *subject_ids: int) -> Self:
        """All clocks of these subjects."""
        return self.filter(subject_kind=subject_kind, subject_id__in=subject_ids)


class Clock(models.Model):
    """A deadline of a subject (an issue, say) or of a part of it (an order). Elapsed time is never stored: it is reckoned."""

    subject_kind = models.SlugField(max_length=12)
    subject_id = models.BigIntegerField()
    part = models.BigIntegerField(default=0)
    "The order, answer or milestone that it is about; 0: the subject itself."
    kind = models.SlugField(max_length=20)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    nth = models.PositiveSmallIntegerField(default=1)
    "Of the same kind in the same round: a second dispatch after a send-back, for instance."
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("whose"))
    started_at = models.DateTimeField(_("began"))
    amount = models.PositiveSmallIntegerField(_("limit"), null=True)
    limit_unit = models.CharField(max_length=2, blank=True, choices=[(unit.value, label) for unit, label in UNITS.items()])
    fixed_on = models.DateField(_("fixed day"), null=True)
    "Set instead of a limit: a promised day, which no pause moves."
    rules = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+")
    "The version of the limits that it began with."
    calendar_version = models.PositiveIntegerField(default=1)
    "The version of the working calendar by which the due moment was reckoned."
    extended_to = models.DateField(_("extended to"), null=True)
    extended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("due"))
    warn_at = models.DateTimeField(null=True)
    "When the first yellow rung is reached; for lights of lists."
    paused_at = models.DateTimeField(_("paused"), null=True)
    outcome = models.CharField(_("outcome"), max_length=6, choices=Outcome, default=Outcome.RUNNING, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    cycle = models.PositiveSmallIntegerField(default=1)
    "A new date that was granted begins the ladder anew."
    level = models.PositiveSmallIntegerField(_("rung"), default=0)
    "The highest rung reached in this cycle."
    light = models.CharField(_("light"), max_length=6, choices=Light, blank=True)
    next_step_at = models.DateTimeField(null=True)
    "When the next planned rung is reached: by this the sweep finds it. Nothing while paused or ended."
    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "part", "kind", "round", "nth"], name="clock_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "part", "kind"], condition=Q(outcome=""), name="clock_one_running"
            ),
            models.CheckConstraint(
                name="clock_has_limit_or_day",
                condition=Q(amount__gte=1, limit_unit__in=sorted(UNITS), fixed_on=None)
                | Q(amount=None, limit_unit="", fixed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="clock_ended_has_outcome",
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(name="clock_met_in_time", condition=~Q(outcome="met") | Q(ended_at__lte=F("due_at"))),
            models.CheckConstraint(name="clock_missed_late", condition=~Q(outcome="missed") | Q(ended_at__gt=F("due_at"))),
            models.CheckConstraint(
                name="clock_still_plans_nothing",
                condition=Q(next_step_at=None) | Q(outcome="", paused_at=None),
            ),
            models.CheckConstraint(
                name="clock_extension_has_moment",
                condition=Q(extended_to=None, extended_at=None) | Q(extended_to__isnull=False, extended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_step_at", "id"], name="clock_next_step", condition=Q(next_step_at__isnull=False)),
            models.Index(fields=["unit", "due_at"], name="clock_of_unit", condition=Q(outcome="")),
            models.Index(fields=["-level", "due_at", "id"], name="clock_by_rung", condition=Q(outcome="", level__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.kind}"

    @property
    def key(self) -> Key:
        """What it is about within its subject."""
        return self.kind, self.part

    @property
    def limit(self) -> Limit | None:
        """How long it runs; none where the day is fixed."""
        return None if self.amount is None else Limit(self.amount, LimitUnit(self.limit_unit))

    @property
    def is_running(self) -> bool:
        """Not ended; it may stand still."""
        return self.outcome == Outcome.RUNNING


class Pause(models.Model):
    """A stretch in which a clock stood still, why, and who let it."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=12, choices=PauseReason)
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("to"), null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pause")
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="pause_one_open"),
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.began_at:%F %T}"


class ClockEvent(models.Model):
    """How a due moment changed: old, new, because. The database refuses to change or delete it."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events")
    at = models.DateTimeField(_("time"))
    because = models.CharField(_("because"), max_length=10, choices=Because)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    old = models.DateTimeField(_("old"), null=True)
    new = models.DateTimeField(_("new"), null=True)
    note = models.CharField(max_length=300, blank=True)
    calendar_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("change of a clock")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.because}"

"""Limits and rungs as data: a change saves a new version; what runs keeps the version it began with."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison.clocks.enums import Act, Basis, Condition, Light, Told
from liaison.workdays.limits import LimitUnit

UNITS = {
    LimitUnit.WORKING_HOURS: _("working hours"),
    LimitUnit.WORKING_DAYS: _("working days"),
    LimitUnit.CALENDAR_DAYS: _("calendar days"),
    LimitUnit.HOURS: _("hours by the clock"),
}
LONGEST = 1000
"A limit of more days or hours than this is a slip of the pen."
LEVELS = 9


class RuleSet(models.Model):
    """One version of the limits or of the ladder; the newest of each is in force."""

    class Of(models.TextChoices):
        """What the rules are about."""

        LIMITS = "limits", _("Limits")
        LADDER = "ladder", _("Ladder")

    of = models.CharField(max_length=8, choices=Of)
    version = models.PositiveIntegerField(_("version"))
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    note = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["of", "version"]
        constraints = [
            models.UniqueConstraint(fields=["of", "version"], name="rule_set_version_once"),
            models.CheckConstraint(name="rule_set_version_positive", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.version}"


class LimitRule(models.Model):
    """How long one kind of clock runs; the most particular rule that fits holds."""

    rules = models.ForeignKey(RuleSet, models.CASCADE, related_name="limits")
    kind = models.SlugField(_("clock"), max_length=20)
    nature = models.CharField(_("nature"), max_length=12, blank=True)
    "Empty: any."
    urgency = models.CharField(_("urgency"), max_length=8, blank=True)
    "Empty: any."
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=2, choices=[(unit.value, label) for unit, label in UNITS.items()])

    class Meta:
        ordering = ["kind", "nature", "urgency"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "kind", "nature", "urgency"], name="limit_rule_once"),
            models.CheckConstraint(name="limit_rule_sensible", condition=Q(amount__gte=1, amount__lte=LONGEST)),
            models.CheckConstraint(name="limit_rule_unit_known", condition=Q(unit__in=sorted(UNITS))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.nature or '*'} {self.urgency or '*'}: {self.amount} {self.unit}"


class Rung(models.Model):
    """One rung of the ladder: when it is reached, who is told, what is done."""

    rules = models.ForeignKey(RuleSet, models.CASCADE, related_name="rungs")
    kind = models.SlugField(_("clock"), max_length=20, blank=True)
    "Empty: all clocks that have no rungs of their own."
    level = models.PositiveSmallIntegerField(_("level"))
    light = models.CharField(_("light"), max_length=6, choices=Light)
    basis = models.CharField(_("reckoned in"), max_length=6, choices=Basis)
    amount = models.PositiveSmallIntegerField(_("amount"))
    condition = models.CharField(_("only if"), max_length=12, choices=Condition, blank=True)
    told = ArrayField(models.CharField(max_length=12, choices=Told), verbose_name=_("told"))
    acts = ArrayField(models.CharField(max_length=10, choices=Act), default=list, verbose_name=_("measures"))

    class Meta:
        ordering = ["kind", "level"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "kind", "level"], name="rung_once_per_level"),
            models.CheckConstraint(name="rung_level_known", condition=Q(level__gte=1, level__lte=LEVELS)),
            models.CheckConstraint(
                name="rung_moment_sensible",
                condition=Q(basis=Basis.SHARE, amount__gte=1, amount__lte=99) | Q(basis=Basis.AFTER, amount__lte=365),
            ),
            models.CheckConstraint(name="rung_tells_somebody", condition=Q(told__len__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.level}"

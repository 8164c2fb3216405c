"""Whom an occasion asks for, and every draw of the rotation with all its reasons."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.occasion import Occasion
from liaison.accounts.models import User

MOST_DRAWN: Final = 2000
LONGEST_REST: Final = 3650


def _codes(label: object, length: int) -> ArrayField:
    """Codes of which one is enough; none asks for all."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, verbose_name=label)


class RotationRule(models.Model):
    """Whom the rotation of one occasion may choose; without a row it asks for everybody."""

    occasion = models.OneToOneField(Occasion, models.CASCADE, related_name="rule")
    seats = models.PositiveSmallIntegerField(_("firms to draw"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)])
    sectors = _codes(_("industries"), 1)
    sizes = _codes(_("size classes"), 6)
    towns = _codes(_("towns"), 30)
    ownerships = _codes(_("ownership"), 12)
    labels = _codes(_("labels"), 20)
    cooling_off_days = models.PositiveSmallIntegerField(
        _("not again within (days)"), default=0, validators=[MaxValueValidator(LONGEST_REST)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="rotation_draws_somebody", condition=Q(seats__gte=1, seats__lte=MOST_DRAWN)),
            models.CheckConstraint(name="rotation_rest_has_end", condition=Q(cooling_off_days__lte=LONGEST_REST)),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.seats}"


class RotationDraw(models.Model):
    """A draw that was confirmed: whoever asks why a firm was chosen, or not, finds it here."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="draws")
    seed = models.PositiveBigIntegerField(_("seed"))
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    result = models.JSONField()
    "Rule, pool, chosen and not chosen firms with reasons, as ``manage.py rotation --json`` prints it."

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.seed}"

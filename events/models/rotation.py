"""Every draw of the rotation, with all its reasons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.occasion import Occasion
from liaison.accounts.models import User


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

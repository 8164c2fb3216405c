"""Officials that an issue names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.issue import Issue
from liaison.accounts.models import User


class Concern(models.Model):
    """An official named by an issue: it is invisible to them, their substitutes and subordinates."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="concerns")
    official = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("official"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "official"], name="concern_once")]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.official_id}"

"""Urging notes: drafted by the ladder, sent by the desk."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issues.enums import UrgingStage
from issues.models.issue import Issue
from liaison.accounts.models import Unit, User

MAX_URGING = 1000


class UrgingQuerySet(models.QuerySet["Urging"]):
    """Notes by how far they are."""

    def drafts(self) -> Self:
        """Waiting for the desk."""
        return self.filter(stage=UrgingStage.DRAFT)

    def visible_to(self, user: User) -> Self:
        """Of issues that ``user`` may read as staff; the firm never sees any."""
        return self.filter(issue__in=Issue.objects.read_by_staff(user).order_by().values("pk"))


class Urging(models.Model):
    """A note to a unit that is late: a draft until the desk sends or discards it."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="urgings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    clock_id = models.BigIntegerField()
    step_id = models.BigIntegerField(unique=True)
    "The rung that drafted it; one draft for each."
    text = models.TextField(_("text"), max_length=MAX_URGING)
    drafted_at = models.DateTimeField(_("drafted"))
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(_("state"), max_length=9, choices=UrgingStage, default=UrgingStage.DRAFT)
    "Written only by issues.actions."
    objects = UrgingQuerySet.as_manager()
    last_act: object = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("urging note")
        ordering = ["drafted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="urging_settled_by_somebody",
                condition=Q(stage=UrgingStage.DRAFT, settled_at=None, settled_by=None)
                | (~Q(stage=UrgingStage.DRAFT) & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
            models.CheckConstraint(name="urging_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(fields=["drafted_at", "id"], name="urging_drafts", condition=Q(stage=UrgingStage.DRAFT))]

    def __str__(self) -> str:
        return f"{self.issue_id} → {self.unit_id}"

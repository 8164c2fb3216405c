"""A batch: the people who are announced, and appointed, together."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from supervision.enums import BatchStage

MAX_TITLE = 80


class Batch(models.Model):
    """Appointments that are announced and made together. ``stage`` is written only by supervision.actions."""

    title = models.CharField(_("title"), max_length=MAX_TITLE)
    stage = models.CharField(_("stage"), max_length=10, choices=BatchStage, default=BatchStage.PLANNED)
    from_on = models.DateField(_("term begins"))
    to_on = models.DateField(_("term ends"))
    announced_on = models.DateField(_("announced on"), null=True, editable=False)
    announced_until = models.DateField(_("announced until"), null=True, editable=False)
    appointed_on = models.DateField(_("appointed on"), null=True, editable=False)
    reason = models.CharField(_("why it was given up"), max_length=500, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, verbose_name=_("begun by"))
    created_at = models.DateTimeField(_("begun at"), editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    last_act: Any = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("batch of appointments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="batch_term_has_length", condition=Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(name="batch_stage_known", condition=Q(stage__in=BatchStage.values)),
            models.CheckConstraint(
                name="batch_announced_has_days",
                condition=Q(stage__in=[BatchStage.PLANNED, BatchStage.CANCELLED])
                | Q(announced_on__isnull=False, announced_until__gte=F("announced_on")),
            ),
            models.CheckConstraint(
                name="batch_appointed_after_announcement",
                condition=Q(stage=BatchStage.APPOINTED, appointed_on__gt=F("announced_until"))
                | (~Q(stage=BatchStage.APPOINTED) & Q(appointed_on=None)),
            ),
            models.CheckConstraint(name="batch_given_up_has_reason", condition=~Q(stage=BatchStage.CANCELLED) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return reverse("supervision:batch", args=[self.pk])

"""What a supervisor says of a year, and how the desk judges it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from supervision.enums import AccountStage, Grade
from supervision.models.appointment import Appointment

MAX_ACCOUNT = 3000


class Account(models.Model):
    """The account of one year, evaluated from the figures of that year. ``stage`` is written only by supervision.actions."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="accounts", verbose_name=_("appointment"))
    year = models.PositiveSmallIntegerField(_("year"))
    stage = models.CharField(_("stage"), max_length=10, choices=AccountStage, default=AccountStage.GIVEN)
    text = models.TextField(_("account"), max_length=MAX_ACCOUNT)
    given_at = models.DateTimeField(_("given at"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade, blank=True)
    note = models.TextField(_("judgement"), blank=True)
    evaluated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("evaluated by"))
    evaluated_at = models.DateTimeField(_("evaluated at"), null=True)
    last_act: Any = None
    "What was done last; set by the page that refuses a second person."

    class Meta:
        verbose_name = _("account of a year")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "year"], name="account_once_a_year"),
            models.CheckConstraint(name="account_stage_known", condition=Q(stage__in=AccountStage.values)),
            models.CheckConstraint(
                name="account_evaluated_has_grade",
                condition=Q(
                    stage=AccountStage.EVALUATED, grade__in=Grade.values, evaluated_by__isnull=False, evaluated_at__isnull=False
                )
                | (~Q(stage=AccountStage.EVALUATED) & Q(grade="", evaluated_by=None, evaluated_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.year}"

    def get_absolute_url(self) -> str:
        """The evaluation sheet."""
        return reverse("supervision:account", args=[self.pk])

"""Declared interests: what keeps a supervisor away from a matter."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from liaison.accounts.models import User
from supervision.enums import Tie


class InterestQuerySet(models.QuerySet["Interest"]):
    """Reads as: those that still hold."""

    def open(self) -> Self:
        """Declared and not taken back."""
        return self.filter(ended_at=None)


class Interest(models.Model):
    """An enterprise to whose matters a supervisor comes too near."""

    person = models.ForeignKey(User, models.PROTECT, related_name="interests", verbose_name=_("person"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("enterprise"))
    tie = models.CharField(_("tie"), max_length=10, choices=Tie)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("declared by"))
    declared_at = models.DateTimeField(_("declared at"))
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared interest")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "enterprise"], condition=Q(ended_at=None), name="interest_once"),
            models.CheckConstraint(name="interest_tie_known", condition=Q(tie__in=Tie.values)),
            models.CheckConstraint(
                name="interest_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.enterprise_id} {self.tie}"

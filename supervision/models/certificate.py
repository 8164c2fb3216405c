"""Certificates: the code on each of them proves it to anybody."""

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from supervision.enums import Standing, Validity
from supervision.models.appointment import Appointment

CODE_BYTES = 18


def new_code() -> str:
    """144 bits that nobody guesses."""
    return secrets.token_urlsafe(CODE_BYTES)


class Certificate(models.Model):
    """A letter of appointment (聘书) as it was issued; a later one of the same appointment voids it."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="certificates", verbose_name=_("appointment"))
    code = models.CharField(_("code"), max_length=40, unique=True, default=new_code, editable=False)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    voided_at = models.DateTimeField(_("void since"), null=True)

    class Meta:
        verbose_name = _("certificate")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appointment"], condition=Q(voided_at=None), name="certificate_one_in_force"),
        ]

    def __str__(self) -> str:
        return str(self.appointment)

    def get_absolute_url(self) -> str:
        """The public page that verifies it."""
        return reverse("certificate", args=[self.code])

    @property
    def address(self) -> str:
        """The same with the portal's name, as its QR code says it."""
        return f"{settings.PORTAL_URL}{self.get_absolute_url()}"

    def validity_on(self, day: date) -> Any:
        """What it is worth on ``day``."""
        appointment = self.appointment
        if self.voided_at is not None:
            return Validity.REPLACED
        if appointment.stage != Standing.APPOINTED:
            return Validity.REVOKED
        if day > appointment.to_on:
            return Validity.EXPIRED
        return Validity.VALID if day >= appointment.from_on else Validity.NOT_YET

"""What somebody writes to a supervisor through the public list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.models.appointment import Appointment

MAX_CONTACT = 1000


class Contact(models.Model):
    """A message from outside; only its supervisor reads it."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="contacts", verbose_name=_("appointment"))
    name = models.CharField(_("name of the sender"), max_length=60)
    reach = models.CharField(_("phone or e-mail"), max_length=100)
    text = models.TextField(_("text"), max_length=MAX_CONTACT)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("message to a supervisor")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.at}"

"""The story of a batch and of its appointments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import User
from supervision.models.appointment import Appointment
from supervision.models.batch import Batch


class RegisterEvent(models.Model):
    """One thing that was done. The database refuses to change or delete it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="events")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="events")
    "Of what concerns one person's appointment."
    kind = models.CharField(_("step"), max_length=24)
    "A step of BATCH_FLOW or APPOINTMENT_FLOW, or one of workflow.OTHER_EVENTS."
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind}"

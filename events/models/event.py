"""The story of an occasion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise
from events.models.occasion import Occasion
from liaison.accounts.models import User


class OccasionEvent(models.Model):
    """One thing that was done. The database refuses to change or delete it."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="events")
    kind = models.CharField(_("step"), max_length=24)
    "A step of OCCASION_FLOW or INVITATION_FLOW, or one of workflow.OTHER_EVENTS."
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("enterprise"))
    "Of what concerns one firm's invitation."
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    "Nobody for what time did, and for answers by link."
    at = models.DateTimeField(_("time"))
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        ordering = ["pk"]
        indexes = [models.Index(fields=["occasion", "id"], name="event_of_occasion")]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.kind}"

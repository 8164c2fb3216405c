"""The story of an enterprise."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.enums import EventKind
from enterprises.models.enterprise import Enterprise


class EnterpriseEvent(models.Model):
    """One thing that happened; a trigger keeps rows from being changed or deleted."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="events", verbose_name=_("enterprise"))
    kind = models.CharField(_("what happened"), max_length=20, choices=EventKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("time"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("event")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-at", "-id"], name="enterprise_event_newest")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.kind}"

"""The business licence that a firm sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.models.enterprise import Enterprise
from liaison.files.models import StoredFile


class Licence(StoredFile):
    """A picture or PDF; the newest is the one that counts."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="licences", verbose_name=_("enterprise"))

    class Meta:
        verbose_name = _("business licence")
        ordering = ["-uploaded_at", "-pk"]
        get_latest_by = ["uploaded_at", "pk"]

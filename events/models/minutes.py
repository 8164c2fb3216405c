"""Minutes: every save is a revision that stays; one of them is approved."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.occasion import Occasion
from events.models.point import Point
from liaison.accounts.models import User

MAX_PARAGRAPH: Final = 5000


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions by how far they are."""

    def approved(self) -> Self:
        """Those that the host has approved, the newest first."""
        return self.filter(approved_at__isnull=False).order_by("-number")


class Revision(models.Model):
    """The minutes as somebody saved them."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"))
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("minutes", "revision")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "number"], name="revision_number_once"),
            models.CheckConstraint(
                name="revision_approved_was_submitted", condition=Q(approved_at=None) | Q(submitted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.number}"


class Paragraph(models.Model):
    """One paragraph of one revision. The database refuses to change or delete it."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField(_("order"))
    key = models.CharField(max_length=20)
    "The same in every revision: ``p`` and the point's id, or ``f`` and eight signs for a free paragraph."
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="paragraphs", verbose_name=_("point"))
    text = models.TextField(_("text"), max_length=MAX_PARAGRAPH, blank=True)
    "Empty: the point is left out on purpose."
    publish = models.BooleanField(_("to be published"), default=False)

    class Meta:
        verbose_name = _("paragraph")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="paragraph_key_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.key}"

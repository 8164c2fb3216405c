"""Chambers and their members."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enterprises.enums import ChamberKind
from enterprises.models.enterprise import Enterprise


class Chamber(models.Model):
    """A chamber of commerce or a trade association."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ChamberKind, default=ChamberKind.TRADE)
    members = models.ManyToManyField(Enterprise, through="ChamberMembership", related_name="chambers")

    class Meta:
        verbose_name = _("chamber")
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="chamber_kind_known", condition=Q(kind__in=ChamberKind.values))]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def get_absolute_url(self) -> str:
        """The chamber's page."""
        return reverse("enterprises:chamber", args=[self.code])


class ChamberMembership(models.Model):
    """An enterprise belongs to a chamber, from when to when."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="memberships", verbose_name=_("chamber"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="memberships", verbose_name=_("enterprise"))
    since_on = models.DateField(_("member since"))
    ended_on = models.DateField(_("member until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chamber", "enterprise"], condition=Q(ended_on=None), name="membership_open_once"),
            models.CheckConstraint(
                name="membership_ends_after_it_begins", condition=Q(ended_on=None) | Q(ended_on__gte=F("since_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chamber} · {self.enterprise}"

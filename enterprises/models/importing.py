"""A list of enterprises that was handed in, checked, and taken over or not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.enums import RunState, Verdict


class ImportRun(models.Model):
    """One file. It is read once; what is taken over are the rows that the check has shown."""

    public_id = models.UUIDField(unique=True)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    "Emptied as soon as the file has been read."
    state = models.CharField(_("state"), max_length=12, choices=RunState, default=RunState.WAITING)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    created_at = models.DateTimeField(_("handed in at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    finished_at = models.DateTimeField(_("taken over at"), null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(name="import_state_known", condition=Q(state__in=RunState.values))]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The import's page, which may be left and returned to."""
        return reverse("enterprises:import_run", args=[self.public_id])


class ImportRow(models.Model):
    """One row of the file: what it means, what is wrong with it, what it would change."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    credit_code = models.CharField(_("unified social credit code"), max_length=40, blank=True)
    name = models.CharField(_("name of the enterprise"), max_length=120, blank=True)
    verdict = models.CharField(_("result"), max_length=8, choices=Verdict)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    "Field → [before, after]; only when the row still finds the first is the second written."
    errors = models.JSONField(default=list)
    applied = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(name="import_row_verdict_known", condition=Q(verdict__in=Verdict.values)),
        ]
        indexes = [models.Index(fields=["run", "verdict", "number"], name="import_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.number}: {self.credit_code}"

"""Classes of issues: reference data of the installation."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Unit


class Category(models.Model):
    """One class, with the units that usually handle it."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    examples = models.CharField(_("examples"), max_length=200, blank=True)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("usual lead unit")
    )
    co_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("usual co-units"))
    is_arrears = models.BooleanField(
        _("overdue payments"),
        default=False,
        help_text=_("The limits of the law on payments to small and medium-sized firms run beside the answer's."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("category")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name

"""Whom we serve."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    """Enterprises, their representatives, chambers, import and export."""

    name = "enterprises"
    label = "enterprises"
    verbose_name = _("Enterprises")

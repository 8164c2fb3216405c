"""Who read, exported, changed rights, or was refused."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The append-only record."""

    name = "liaison.audit"
    label = "audit"
    verbose_name = _("Audit")

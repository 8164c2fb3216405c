"""Whom we serve."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    """Enterprises, their representatives, chambers, import and export."""

    name = "enterprises"
    label = "enterprises"
    verbose_name = _("Enterprises")

    def ready(self) -> None:
        """Take a place in the header and on the start page."""
        from enterprises import presence  # noqa: PLC0415 - models are loaded only now

        presence.register()

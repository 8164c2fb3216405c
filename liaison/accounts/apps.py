"""People, units and rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Connects sign-in signals to the audit record."""

    name = "liaison.accounts"
    label = "accounts"
    verbose_name = _("People and rights")

    def ready(self) -> None:
        """Listen to sign-ins, and to workers that start."""
        from liaison.accounts import demonstration, signals  # noqa: F401, PLC0415

"""Pages of the three administrators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    """No models: what is written here belongs to accounts, audit and parameters."""

    name = "liaison.administration"
    label = "administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        """Put the pages into the navigation."""
        from liaison.administration.pages import LINKS  # noqa: PLC0415
        from liaison.ui.navigation import register  # noqa: PLC0415

        register(*LINKS)

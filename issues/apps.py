"""What enterprises raise."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Issues, orders, answers, judgements."""

    name = "issues"
    verbose_name = _("Issues")

    def ready(self) -> None:
        """Put the work lists on the start page and into the navigation."""
        from issues.home import LINKS, cards  # noqa: PLC0415
        from liaison.ui import home, navigation  # noqa: PLC0415

        home.register(cards)
        navigation.register(*LINKS)

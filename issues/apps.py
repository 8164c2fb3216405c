"""What enterprises raise."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Issues, orders, answers, judgements."""

    name = "issues"
    verbose_name = _("Issues")

    def ready(self) -> None:
        """Lend the outbox our words; put the work lists on the start page and into the navigation."""
        from issues import letters  # noqa: PLC0415 - models are not loaded before
        from issues.home import LINKS, cards  # noqa: PLC0415
        from liaison.notifications import rendering  # noqa: PLC0415
        from liaison.ui import home, navigation  # noqa: PLC0415

        rendering.register(letters.PREFIX, letters.explain)
        home.register(cards)
        navigation.register(*LINKS)

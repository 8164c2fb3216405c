"""Components that every page is made of."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags, paginator, middleware, navigation."""

    name = "liaison.ui"
    label = "ui"

    def ready(self) -> None:
        """Put the pages that stand below this app into the navigation."""
        from liaison.ui.navigation import register  # noqa: PLC0415
        from liaison.ui.pages import LINKS  # noqa: PLC0415

        register(*LINKS)

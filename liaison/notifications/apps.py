"""Messages: written with the act, sent after it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The outbox."""

    name = "liaison.notifications"
    label = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Explain the letters about accounts, and put the inbox into the navigation."""
        from liaison.notifications import alarms, kinds  # noqa: PLC0415
        from liaison.notifications.adapter import load_account_notices  # noqa: PLC0415
        from liaison.notifications.pages import LINKS  # noqa: PLC0415
        from liaison.notifications.rendering import register  # noqa: PLC0415
        from liaison.ui import navigation  # noqa: PLC0415

        register("account_", load_account_notices)
        register(alarms.KIND, alarms.explain)
        kinds.register(kinds.ACCOUNT, kinds.ALARM)
        navigation.register(*LINKS)

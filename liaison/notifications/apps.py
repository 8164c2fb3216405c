"""Messages: written with the act, sent after it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The outbox."""

    name = "liaison.notifications"
    label = "notifications"
    verbose_name = _("Messages")

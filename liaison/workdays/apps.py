"""The working calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkdaysConfig(AppConfig):
    """Hours, holidays and what is reckoned with them."""

    name = "liaison.workdays"
    label = "workdays"
    verbose_name = _("Working calendar")

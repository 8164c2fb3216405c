"""What enterprises raise."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Issues, orders, answers, judgements."""

    name = "issues"
    verbose_name = _("Issues")

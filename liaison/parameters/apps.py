"""Numbers that an administrator edits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParametersConfig(AppConfig):
    """Declared numbers with bounds and defaults."""

    name = "liaison.parameters"
    label = "parameters"
    verbose_name = _("Parameters")

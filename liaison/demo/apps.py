"""The demonstration data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Stands above all other rooms and is imported by none."""

    name = "liaison.demo"
    label = "demo"
    verbose_name = _("Demonstration data")

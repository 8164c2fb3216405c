"""The portal's time."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MomentsConfig(AppConfig):
    """Lies below all other rooms."""

    name = "liaison.moments"
    label = "moments"
    verbose_name = _("Portal time")

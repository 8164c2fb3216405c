"""Clocks and the ladder."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClocksConfig(AppConfig):
    """Limits, clocks, rungs."""

    name = "liaison.clocks"
    label = "clocks"
    verbose_name = _("Clocks")

    def ready(self) -> None:
        """Rules where a migration left none; pages in the navigation. /healthz shows rungs that nobody climbs (T13)."""
        from liaison.clocks.canary import seconds_overdue  # noqa: PLC0415 - models are not loaded before
        from liaison.clocks.pages import LINKS  # noqa: PLC0415
        from liaison.notifications import health  # noqa: PLC0415
        from liaison.ui.navigation import register  # noqa: PLC0415

        health.watch("oldest_due_step_seconds", seconds_overdue)
        register(*LINKS)
        post_migrate.connect(install_rules, sender=self)


def install_rules(**_kwargs: Any) -> None:
    """The delivered rules, where there are none (nor tables, when everything was migrated back)."""
    from liaison.clocks.actions import rules  # noqa: PLC0415 - models are not loaded before

    if "clocks_ruleset" in connection.introspection.table_names():
        rules.install_rules(timezone.now())

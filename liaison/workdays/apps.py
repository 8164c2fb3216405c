"""The working calendar."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkdaysConfig(AppConfig):
    """Hours, holidays and what is reckoned with them."""

    name = "liaison.workdays"
    label = "workdays"
    verbose_name = _("Working calendar")

    def ready(self) -> None:
        """Each request and each task asks once which calendar is in force; pages stand in the navigation."""
        from celery.signals import task_prerun  # noqa: PLC0415

        from liaison.ui import home, navigation  # noqa: PLC0415
        from liaison.workdays import pages, portal  # noqa: PLC0415

        request_started.connect(portal.begin_request, dispatch_uid="workdays")
        request_finished.connect(portal.end_request, dispatch_uid="workdays")
        task_prerun.connect(portal.forget, dispatch_uid="workdays", weak=False)
        home.register(pages.cards)
        navigation.register(*pages.LINKS)
        post_migrate.connect(ensure_first_version, sender=self, dispatch_uid="workdays")


def ensure_first_version(using: str, **_signal: Any) -> None:
    """Also after tables were emptied there is a calendar; before they are made, or after they were taken down, there is none."""
    from liaison.workdays.first import create_first  # noqa: PLC0415

    versions = apps.get_model("workdays", "CalendarVersion")
    if versions._meta.db_table in connections[using].introspection.table_names():  # noqa: SLF001 - Django's documented interface
        create_first(versions, apps.get_model("workdays", "CalendarDay"))

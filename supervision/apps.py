"""Business-environment supervisors."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervisors, their appointments, certificates and reports."""

    name = "supervision"
    verbose_name = _("Supervision by the public")

    def ready(self) -> None:
        """Lend the outbox our words; put supervision on the start page and into the navigation."""
        from events.attendance import taken_part  # noqa: PLC0415
        from issues import related  # noqa: PLC0415 - models are not loaded before
        from liaison.clocks import kinds as clocks  # noqa: PLC0415
        from liaison.notifications import kinds, rendering  # noqa: PLC0415
        from liaison.ui import home, navigation  # noqa: PLC0415
        from supervision import letters  # noqa: PLC0415
        from supervision.duties import register_activity_source  # noqa: PLC0415
        from supervision.home import LINKS, cards, report_cards  # noqa: PLC0415
        from supervision.ladder import ReportSubjects  # noqa: PLC0415
        from supervision.limits import CLOCK_KINDS  # noqa: PLC0415
        from supervision.models import SUBJECT  # noqa: PLC0415
        from supervision.notices import CONFIDENTIAL  # noqa: PLC0415
        from supervision.reports import related_reports  # noqa: PLC0415

        rendering.register(letters.PREFIX, letters.explain)
        rendering.register(CONFIDENTIAL, letters.explain_reports)
        clocks.register(*CLOCK_KINDS)
        clocks.register_subjects(SUBJECT, ReportSubjects())
        related.register(related_reports)
        register_activity_source(taken_part)
        kinds.register(kinds.KindGroup("supervision", _("Supervisors and their reports"), letters.PREFIX))
        home.register(cards)
        home.register(report_cards)
        navigation.register(*LINKS)

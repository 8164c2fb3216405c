"""What enterprises raise."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

STATUTORY = frozenset({"issue_refused", "issue_answered", "issue_ended", "issue_extended", "issue_suspended"})
"Decisions of which an enterprise has to be told: not admitted, answered, ended, later than promised."


class IssuesConfig(AppConfig):
    """Issues, orders, answers, judgements."""

    name = "issues"
    verbose_name = _("Issues")

    def ready(self) -> None:
        """Lend the outbox our words; put the work lists on the start page and into the navigation."""
        from issues import letters, supervised_home, urging_home  # noqa: PLC0415 - models are not loaded before
        from issues.home import LINKS, cards  # noqa: PLC0415
        from issues.ladder import IssueSubjects  # noqa: PLC0415
        from issues.limits import CLOCK_KINDS  # noqa: PLC0415
        from issues.models import SUBJECT  # noqa: PLC0415
        from liaison.clocks import kinds as clocks  # noqa: PLC0415
        from liaison.notifications import kinds, rendering  # noqa: PLC0415
        from liaison.ui import home, navigation  # noqa: PLC0415

        rendering.register(letters.PREFIX, letters.explain)
        kinds.register(kinds.KindGroup("issue", _("Issues and orders"), letters.PREFIX, STATUTORY))
        home.register(cards)
        home.register(supervised_home.cards)
        home.register(urging_home.cards)
        clocks.register(*CLOCK_KINDS)
        clocks.register_subjects(SUBJECT, IssueSubjects())
        navigation.register(*LINKS, *supervised_home.LINKS)

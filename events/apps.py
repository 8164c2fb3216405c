"""Meetings and activities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Occasions, invitations, what was said and promised."""

    name = "events"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Lend the outbox our words; put meetings on the start page and into the navigation."""
        from events import chain, letters  # noqa: PLC0415 - models are not loaded before
        from events.home import LINKS, cards  # noqa: PLC0415
        from events.ladder import OccasionSubjects  # noqa: PLC0415
        from events.timing import CLOCK_KINDS, SUBJECT  # noqa: PLC0415
        from issues import related  # noqa: PLC0415
        from liaison.clocks import kinds as clocks  # noqa: PLC0415
        from liaison.notifications import kinds, rendering  # noqa: PLC0415
        from liaison.ui import home, navigation  # noqa: PLC0415

        rendering.register(letters.PREFIX, letters.explain)
        kinds.register(kinds.KindGroup("event", _("Meetings and invitations"), letters.PREFIX))
        home.register(cards)
        navigation.register(*LINKS)
        clocks.register(*CLOCK_KINDS)
        clocks.register_subjects(SUBJECT, OccasionSubjects())
        related.register(chain.origins)

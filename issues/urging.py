"""Urging notes: drafted by the ladder, settled by the desk."""

from django.utils.translation import pgettext_lazy

from issues.enums import UrgingStage
from issues.models import Urging
from issues.permissions import Standing, standings
from liaison.accounts.models import User
from liaison.workflow import Flow, Step

_DRAFT = frozenset({UrgingStage.DRAFT})


def is_desk(urging: Urging, user: User) -> bool:
    """A desk officer who may read the issue."""
    return Standing.DESK in standings(urging.issue, user)


URGING_FLOW: Flow[Urging] = Flow(
    Step("send", _DRAFT, (UrgingStage.SENT,), is_desk, pgettext_lazy("urging note", "Send")),
    Step("discard", _DRAFT, (UrgingStage.DISCARDED,), is_desk, pgettext_lazy("urging note", "Discard"), grave=True),
)

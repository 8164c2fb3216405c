"""What happened to an occasion, in words, for those who manage it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from events.models import Occasion
from events.workflow import INVITATION_FLOW, OCCASION_FLOW, OTHER_EVENTS

MOST = 60


@dataclass(frozen=True)
class Line:
    """One entry of the story."""

    at: datetime
    title: str
    who: str
    text: str


def label_of(kind: str) -> str:
    """The words of an event."""
    if kind in OTHER_EVENTS:
        return str(OTHER_EVENTS[kind])
    flow = OCCASION_FLOW if kind in {step.name for step in OCCASION_FLOW} else INVITATION_FLOW
    return str(flow[kind].label)


def story_of(occasion: Occasion) -> list[Line]:
    """The newest first, no more than a page holds."""
    rows = occasion.events.select_related("actor", "enterprise").order_by("-pk")[:MOST]
    return [
        Line(
            row.at,
            " · ".join(filter(None, [label_of(row.kind), row.enterprise.name if row.enterprise else ""])),
            row.actor.name if row.actor else _("by link, or by itself"),
            row.text,
        )
        for row in rows
    ]

"""What happened on the register, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from supervision.models import Appointment, Batch, RegisterEvent
from supervision.workflow import APPOINTMENT_FLOW, BATCH_FLOW, OTHER_EVENTS

MOST = 60


@dataclass(frozen=True)
class Line:
    """One entry of a story."""

    at: datetime
    title: str
    who: str
    text: str


def label_of(kind: str) -> str:
    """The words of an event."""
    if kind in OTHER_EVENTS:
        return str(OTHER_EVENTS[kind])
    flow: Any = BATCH_FLOW if kind in {step.name for step in BATCH_FLOW} else APPOINTMENT_FLOW
    return str(flow[kind].label)


def story_of(subject: Batch | Appointment) -> list[Line]:
    """The newest first, no more than a page holds."""
    rows = subject.events.select_related("actor", "appointment__person").order_by("-pk")[:MOST]
    return [_line(row, named=isinstance(subject, Batch)) for row in rows]


def _line(row: RegisterEvent, *, named: bool) -> Line:
    whose = row.appointment.person.name if named and row.appointment else ""
    return Line(
        row.at, " · ".join(filter(None, [label_of(row.kind), whose])), row.actor.name if row.actor else _("by itself"), row.text
    )


def last_act(subject: Batch | Appointment) -> RegisterEvent | None:
    """Who did the last thing, for the page that somebody sees who came too late."""
    return subject.events.select_related("actor").last()

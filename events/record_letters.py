"""Words of messages about topics and minutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Occasion, Topic
from liaison.notifications.models import Notification
from liaison.ui.moments import words_of

PAGES: Final = {
    "event_topic_proposed": "events:topics",
    "event_topic_assigned": "events:topics",
    "event_topic_drafted": "events:topics",
    "event_topic_due": "events:topics",
    "event_minutes_submitted": "events:minutes",
    "event_minutes_returned": "events:minutes",
    "event_minutes_approved": "events:minutes",
    "event_minutes_due": "events:minutes",
}
"Where each of them leads."


def topics_of(rows: Sequence[Notification]) -> dict[int, Topic]:
    """The topics that messages are about; one query, none where there are none."""
    asked = {row.context["topic"] for row in rows if "topic" in row.context}
    return Topic.objects.filter(pk__in=asked).select_related("enterprise", "unit").in_bulk() if asked else {}


def words_of_record(row: Notification, occasion: Occasion, topics: dict[int, Topic]) -> dict[str, Any]:
    """What a message about the record says besides."""
    if row.kind not in PAGES:
        return {}
    words: dict[str, Any] = {
        "url": reverse(PAGES[row.kind], args=[occasion.slug]),
        "why": _("You take part in preparing this meeting."),
    }
    if "due" in row.context:
        words["due"] = words_of(datetime.fromisoformat(row.context["due"]))
    topic = topics.get(row.context.get("topic", 0))
    if topic is not None:
        words |= {
            "topic": topic.title,
            "enterprise": topic.enterprise.name,
            "topic_unit": str(topic.unit or "–"),
            "url": topic.get_absolute_url(),
            "draft_due": words_of(topic.due_on) if topic.due_on else "–",
        }
    return words

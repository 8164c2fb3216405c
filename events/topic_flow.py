"""The life of a proposed topic as a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.enums import Stage, TopicState
from events.models import Invitation, Occasion, Topic
from events.models.occasion import SEEN
from events.permissions import drafts_reply, manages_topic, proposed_it
from events.workflow import at, has_begun
from liaison.workflow import Flow, Step, Words

T = TopicState


def too_late_for_topics(occasion: Occasion, now: datetime) -> Words | None:
    """Topics are taken until answers are due."""
    if occasion.stage != Stage.PUBLISHED:
        return _("Topics are proposed for meetings that are to come.")
    return _("The time for topics is over. Please call the organisers.") if occasion.reply_by <= now else None


def cannot_propose(invitation: Invitation, now: datetime) -> Words | None:
    """Only an invited firm proposes, in time."""
    if invitation.state not in SEEN - {"declined", "lapsed", "applied"}:
        return _("Topics are proposed by enterprises that are invited and have not declined.")
    return too_late_for_topics(invitation.occasion, now)


def over(topic: Topic, now: datetime) -> Words | None:
    """Nothing is prepared for what was called off or has begun."""
    if topic.occasion.stage not in {Stage.PLANNED, Stage.PUBLISHED}:
        return ""
    return has_begun(topic.occasion, now)


TOPIC_FLOW: Flow[Topic] = Flow(
    Step(
        "assign",
        at(T.PROPOSED, T.ASSIGNED),
        (T.ASSIGNED,),
        manages_topic,
        pgettext_lazy("topic", "Ask a unit for a draft reply"),
        unless=over,
    ),
    Step(
        "draft",
        at(T.ASSIGNED, T.DRAFTED),
        (T.DRAFTED,),
        drafts_reply,
        pgettext_lazy("topic", "Write the draft reply"),
        unless=over,
    ),
    Step(
        "set-aside",
        at(T.PROPOSED, T.ASSIGNED, T.DRAFTED),
        (T.SET_ASIDE,),
        manages_topic,
        pgettext_lazy("topic", "Put aside"),
        unless=over,
        grave=True,
    ),
    Step(
        "withdraw-topic",
        at(T.PROPOSED, T.ASSIGNED, T.DRAFTED),
        (T.WITHDRAWN,),
        proposed_it,
        pgettext_lazy("topic", "Withdraw"),
        unless=over,
    ),
)

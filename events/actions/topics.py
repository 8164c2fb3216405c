"""Topics proposed, given to units, answered in draft; the agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events import notices
from events.actions.step import begin, finish, lock, write_event
from events.enums import TopicState
from events.models import AgendaItem, Invitation, Occasion, OccasionEvent, Topic
from events.permissions import may_view
from events.timing import keep_clocks
from events.topic_flow import TOPIC_FLOW, cannot_propose
from liaison.accounts.models import Unit, User
from liaison.notifications.actions import notify
from liaison.workdays import portal
from liaison.workflow import StepNotOpen, Words

MOST_TOPICS: Final = 5
"Of one firm for one meeting: whoever holds a link cannot flood the organisers."


class CannotPropose(Exception):  # noqa: N818 - an answer to the firm, not a fault
    """Why no topic is taken, in words."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def propose_topic(invitation: Invitation, *, by: User | None, now: datetime, title: str, text: str, once_key: str) -> Topic:
    """An invited firm says what it wants to talk about; ``by`` is nobody for whoever holds the link. Posted twice it is one."""
    occasion = lock(invitation.occasion_id)
    known = Topic.objects.filter(once_key=once_key, occasion=occasion, enterprise=invitation.enterprise_id).first()
    if known is not None:
        return known
    invitation = occasion.invitations.select_related("enterprise", "occasion").get(pk=invitation.pk)
    if (why := cannot_propose(invitation, now)) is not None:
        raise CannotPropose(why)
    if occasion.topics.live().filter(enterprise=invitation.enterprise_id).count() >= MOST_TOPICS:
        raise CannotPropose(_("So many topics of one enterprise do not fit into a meeting. Withdraw one first."))
    topic = Topic.objects.create(
        occasion=occasion,
        enterprise=invitation.enterprise,
        title=title,
        text=text,
        proposed_by=by,
        proposed_at=now,
        once_key=once_key,
    )
    event = write_event("topic", occasion, by, now, enterprise=invitation.enterprise, topic=topic.pk)
    notify(notices.to_organisers(event, "topic_proposed", topic=topic.pk), now=now)
    return topic


@transaction.atomic
def assign_topic(topic: Topic, *, by: User, now: datetime, unit: Unit, due_on: date, version: int | None = None) -> Topic:
    """Ask a unit for a draft reply until a day; asked again, the old unit is asked no more."""
    topic = _begin("assign", topic, by, now, version)
    topic.unit, topic.due_on = unit, due_on
    event = _finish("assign", topic, "topic-assigned", by, now, fields=["unit", "due_on"], unit=unit.code, due=due_on.isoformat())
    notify(notices.to_unit_of(event, topic, "topic_assigned"), now=now)
    return topic


@transaction.atomic
def draft_reply(topic: Topic, *, by: User, now: datetime, reply: str, version: int | None = None) -> Topic:
    """The unit's people say what can be answered in the meeting; until it begins they may write it anew."""
    topic = _begin("draft", topic, by, now, version)
    topic.reply, topic.replied_by, topic.replied_at = reply, by, now
    event = _finish("draft", topic, "topic-drafted", by, now, fields=["reply", "replied_by", "replied_at"])
    notify(notices.to_organisers(event, "topic_drafted", topic=topic.pk), now=now)
    return topic


@transaction.atomic
def set_topic_aside(topic: Topic, *, by: User, now: datetime, reason: str, version: int | None = None) -> Topic:
    """Not for this meeting; the firm reads why, and it leaves the agenda."""
    topic = _begin("set-aside", topic, by, now, version)
    topic.reason = reason
    topic.agenda_items.all().delete()
    _finish("set-aside", topic, "topic-aside", by, now, fields=["reason"], text=reason)
    return topic


@transaction.atomic
def withdraw_topic(topic: Topic, *, by: User | None, now: datetime) -> Topic:
    """The firm takes its topic back; ``by`` is nobody for whoever holds the link of its invitation."""
    topic = _begin("withdraw-topic", topic, by, now)
    topic.agenda_items.all().delete()
    _finish("withdraw-topic", topic, "topic-withdrawn", by, now)
    return topic


def _begin(name: str, topic: Topic, by: User | None, now: datetime, version: int | None = None) -> Topic:
    """The calendar first, then the meeting, then the topic: whoever starts a clock keeps this order."""
    portal.hold()
    occasion = lock(topic.occasion_id)
    locked = Topic.objects.select_for_update(no_key=True, of=("self",)).select_related("enterprise", "unit").get(pk=topic.pk)
    locked.occasion = occasion
    if by is None:
        step = TOPIC_FLOW.check_open(name, locked, now)
    else:
        if not may_view(occasion, by):
            raise PermissionDenied
        step = TOPIC_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def _finish(
    name: str,
    topic: Topic,
    kind: str,
    by: User | None,
    now: datetime,
    *,
    fields: Iterable[str] = (),
    text: str = "",
    **detail: Any,
) -> OccasionEvent:
    TOPIC_FLOW.move(name, topic)
    topic.version += 1
    topic.save(update_fields=["state", "version", *fields])
    keep_clocks(topic.occasion, now, by)
    return write_event(kind, topic.occasion, by, now, enterprise=topic.enterprise, text=text, topic=topic.pk, **detail)


# --- agenda -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class AgendaLine:
    """An item as a form holds it."""

    title: str
    minutes: int
    speaker: str = ""
    topic_id: int | None = None
    pk: int | None = None
    "Of an item that is there already: points may belong to it."


@transaction.atomic
def save_agenda(
    occasion: Occasion, *, by: User, now: datetime, lines: Iterable[AgendaLine], version: int | None = None
) -> list[AgendaItem]:
    """Set the whole agenda, in this order; a topic stands in it once, and only while it is live."""
    occasion = begin("save-agenda", occasion, by, now, version)
    live = {topic.pk for topic in occasion.topics.live()}
    known = {item.pk: item for item in occasion.agenda.all()}
    wanted = [line for line in lines if line.topic_id is None or line.topic_id in live]
    occasion.agenda.exclude(pk__in=[line.pk for line in wanted if line.pk in known]).delete()
    items = []
    for position, line in enumerate(wanted, 1):
        item = known.get(line.pk or 0) or AgendaItem(occasion=occasion)
        item.position, item.minutes, item.title, item.speaker = position, line.minutes, line.title, line.speaker
        item.topic_id = line.topic_id
        item.save()
        items.append(item)
    finish("save-agenda", occasion, by, now, items=len(items))
    return items


def topics_without_item(occasion: Occasion) -> list[Topic]:
    """Live topics that are not on the agenda yet."""
    rows = occasion.topics.live().filter(
        agenda_items=None, state__in=[TopicState.PROPOSED, TopicState.ASSIGNED, TopicState.DRAFTED]
    )
    return list(rows.select_related("enterprise", "unit"))

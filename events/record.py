"""What the page of an occasion shows of its record to one reader; and the minutes as a paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.attendance import attendance_of
from events.chain import Line, promises_of_last
from events.enums import BEFORE, VOID, Stage
from events.models import Occasion, Revision
from events.papers import MinutesPaper, minutes_paper
from events.permissions import reads_drafts, reads_record
from events.publication import Published, approved_revision, published
from liaison.accounts.models import User

Link = tuple[str, str, str]
"Words, address, what else there is to say."


@dataclass(frozen=True)
class Record:
    """Links to what the reader may open, what was promised last time, what is public."""

    links: list[Link] = field(default_factory=list)
    last: tuple[Occasion, list[Line]] | None = None
    published: list[Published] = field(default_factory=list)


def record_of(occasion: Occasion, reader: User | None, now: datetime) -> Record:
    """For visitors only what is public."""
    shown = published(occasion) if occasion.stage in {Stage.MINUTED, Stage.CLOSED} else []
    if reader is None:
        return Record(published=shown)
    whole = reads_record(occasion, reader)
    last = promises_of_last(occasion, reader, now) if whole and occasion.stage in BEFORE else None
    return Record([*_links(occasion, reader, whole=whole)], last, shown)


def _links(occasion: Occasion, reader: User, *, whole: bool) -> Iterator[Link]:
    topics, points = occasion.topics.all(), occasion.points.all()
    if not whole:
        topics, points = topics.of_reader(reader), points.of_reader(reader)
    counts = topics.count(), points.count()
    if whole or counts[0]:
        yield _("Topics and agenda"), reverse("events:topics", args=[occasion.slug]), str(counts[0])
    if counts[1] or (whole and occasion.stage not in {Stage.PLANNED, Stage.CANCELLED}):
        yield _("Points raised"), reverse("events:points", args=[occasion.slug]), str(counts[1])
    approved = approved_revision(occasion)
    if whole and (approved or reads_drafts(occasion, reader)) and occasion.stage not in BEFORE | {Stage.CANCELLED}:
        yield _("Minutes"), reverse("events:minutes", args=[occasion.slug]), pgettext("minutes", "Approved") if approved else ""
    for invitation in occasion.invitations.of_people(reader).exclude(state__in=sorted(VOID)).select_related("enterprise"):
        address = reverse("invitation-record", args=[invitation.token])
        yield _("Topics and points of %(firm)s") % {"firm": invitation.enterprise.name}, address, ""


def paper_of(occasion: Occasion, revision: Revision) -> MinutesPaper:
    """The minutes as the Word writer takes them."""
    texts = revision.paragraphs.exclude(text="").values_list("text", flat=True)
    presiding = list(occasion.presiding.select_related("leader"))
    return minutes_paper(occasion, revision, presiding=presiding, attendance=attendance_of(occasion), texts=list(texts))

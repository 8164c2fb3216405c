"""What stands in the pack, read with as many questions however many firms come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enterprises.models import Enterprise
from events.chain import Line, promises_of_last, quiet
from events.enums import InvitationState
from events.models import AgendaItem, Invitation, Occasion, Presiding, ProgrammeItem, Topic
from events.programme import timed
from issues.models import Issue
from liaison.accounts.models import User


@dataclass(frozen=True)
class Guest:
    """One firm that comes."""

    invitation: Invitation
    profile: Enterprise | None
    "None where the reader may not read the register of enterprises."
    issues: Sequence[Issue]
    topics: Sequence[Topic]


@dataclass(frozen=True)
class Briefing:
    """The whole pack for one reader."""

    occasion: Occasion
    reader: User
    made_at: datetime
    presiding: Sequence[Presiding]
    programme: Sequence[tuple[datetime, ProgrammeItem]]
    agenda: Sequence[tuple[datetime, AgendaItem]]
    last: tuple[Occasion, list[Line]] | None
    "The last meeting of the series and what was taken away there."
    guests: Sequence[Guest]


def briefing_of(occasion: Occasion, reader: User, now: datetime) -> Briefing:
    """For event staff and who presides (permissions.prepares), who read all topics and draft replies."""
    invitations = list(
        occasion.invitations.filter(state=InvitationState.ACCEPTED)
        .select_related("enterprise")
        .order_by("enterprise__name", "pk")
    )
    firms = [row.enterprise_id for row in invitations]
    profiles = Enterprise.objects.visible_to(reader).filter(pk__in=firms).for_list().select_related("park").in_bulk()
    issues, topics = _issues_of(firms, reader), _topics_of(occasion)
    return Briefing(
        occasion=occasion,
        reader=reader,
        made_at=now,
        presiding=[row for row in occasion.presiding.select_related("leader") if row.state != "replaced"],
        programme=list(timed(occasion.starts_at, occasion.programme.all())),
        agenda=list(timed(occasion.starts_at, occasion.agenda.select_related("topic__enterprise"))),
        last=_last_of(occasion, reader, now),
        guests=[
            Guest(row, profiles.get(row.enterprise_id), issues[row.enterprise_id], topics[row.enterprise_id])
            for row in invitations
        ],
    )


def _last_of(occasion: Occasion, reader: User, now: datetime) -> tuple[Occasion, list[Line]] | None:
    """As the page has it; of a quiet issue the paper says nothing even to who may read it."""
    found = promises_of_last(occasion, reader, now)
    if found is None:
        return None
    last, lines = found
    hidden = quiet(line.point.issue_id for line in lines if line.point.issue_id)
    return last, [Line(line.point) if line.point.issue_id in hidden else line for line in lines]


def _issues_of(firms: Sequence[int], reader: User) -> dict[int, list[Issue]]:
    """Open issues in the reader's sight; none that is quiet: a paper lies on tables."""
    rows = Issue.objects.visible_to(reader).open().filter(enterprise__in=firms)
    found: dict[int, list[Issue]] = defaultdict(list)
    issues = list(rows.for_list().order_by("submitted_at", "pk"))
    hidden = quiet(issue.pk for issue in issues)
    for issue in issues:
        if issue.pk not in hidden:
            found[issue.enterprise_id].append(issue)
    return found


def _topics_of(occasion: Occasion) -> dict[int, list[Topic]]:
    found: dict[int, list[Topic]] = defaultdict(list)
    for topic in occasion.topics.live().select_related("unit").order_by("pk"):
        found[topic.enterprise_id].append(topic)
    return found

"""What was taken away becomes issues: through the real flow, in one confirmation, once for each point."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from events.actions.step import begin, local_words, lock, write_event
from events.enums import Kind
from events.models import Occasion, Point
from events.permissions import takes_up, triages
from issues.actions.dispatch import dispatch_issue
from issues.actions.intake import Matter, start_draft, submit_issue
from issues.actions.step import lock as lock_issue
from issues.actions.triage import admit_issue
from issues.enums import Channel, Urgency
from issues.enums import Kind as IssueKind
from issues.models import MAX_BODY, Category, Issue
from issues.models.issue import IssueQuerySet
from liaison.accounts.models import Unit, User
from liaison.workdays import portal
from liaison.workdays.limits import Limit

OF_MEETINGS: Final = (Channel.BREAKFAST, Channel.MEETING)


class JoinedElsewhere(Exception):  # noqa: N818 - an answer to whoever came second, not a fault
    """The issue belongs to another point, or is not one that this point can be joined to."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.number)
        self.issue = issue


@dataclass(frozen=True)
class Promise:
    """How one point is to be taken up."""

    point: Point
    title: str
    category: Category
    nature: str
    kind: str = IssueKind.INDIVIDUAL
    urgency: str = Urgency.NORMAL
    existing: Issue | None = None
    "The issue that the desk had entered before: the point is joined to it, and nothing else of this counts."
    lead_unit: Unit | None = None
    "None: the desk decides."
    co_units: Iterable[Unit] = field(default_factory=tuple)
    limit: Limit | None = None


@transaction.atomic
def take_up(occasion: Occasion, *, by: User, now: datetime, promises: Iterable[Promise]) -> list[Issue]:
    """All or none; a point that is an issue already stays that one. Who may triage admits and dispatches at once."""
    portal.hold()
    wanted = list(promises)
    occasion = lock(occasion.pk)
    if _is_new(occasion, wanted) or not takes_up(occasion, by):
        occasion = begin("take-up", occasion, by, now)
    return [_take_up(occasion, promise, by, now) for promise in wanted]


def _is_new(occasion: Occasion, promises: Iterable[Promise]) -> bool:
    """The same page posted again finds nothing left to do, and that is no fault."""
    return occasion.points.to_take_up().filter(pk__in=[promise.point.pk for promise in promises]).exists()


def _take_up(occasion: Occasion, promise: Promise, by: User, now: datetime) -> Issue:
    rows = occasion.points.select_for_update(no_key=True, of=("self",)).select_related("enterprise", "issue")
    point = rows.get(pk=promise.point.pk)
    if point.issue is not None:
        return point.issue
    assert point.enterprise is not None  # the form asks for it
    point.issue = issue = _joined(point, promise.existing, by) if promise.existing else _made(occasion, point, promise, by, now)
    point.version += 1
    point.save(update_fields=["issue", "version"])
    write_event("take-up", occasion, by, now, enterprise=point.enterprise, point=point.number, issue=issue.number)
    return issue


def _made(occasion: Occasion, point: Point, promise: Promise, by: User, now: datetime) -> Issue:
    assert point.enterprise is not None
    key, matter = key_of(point), _matter(occasion, point, promise)
    draft = start_draft(point.enterprise, matter, by=by, now=now, for_firm_by_unit=occasion.host_unit, once_key=key)
    issue = submit_issue(draft, by=by, now=now, once_key=key)
    return _hand_on(issue, promise, by, now) if triages(by) else issue


def _joined(point: Point, issue: Issue, by: User) -> Issue:
    """One that was entered while the meeting ran; under its lock, so that no two points take the same."""
    locked = lock_issue(issue)
    if not joinable(point, by).filter(pk=locked.pk).exists():
        raise JoinedElsewhere(locked)
    return locked


def joinable(point: Point, by: User) -> IssueQuerySet:
    """Issues of the firm that staff entered at or after the meeting as coming from one, and that no point has yet."""
    rows = Issue.objects.visible_to(by).filter(enterprise=point.enterprise, channel__in=OF_MEETINGS, meeting_point=None)
    return rows.filter(submitted_at__gte=point.occasion.starts_at).order_by("submitted_at", "pk")


def _hand_on(issue: Issue, promise: Promise, by: User, now: datetime) -> Issue:
    about = {"category": promise.category, "nature": promise.nature, "kind": promise.kind, "urgency": promise.urgency}
    issue = admit_issue(issue, by=by, now=now, **about)  # type: ignore[arg-type]  # as the step takes them
    if promise.lead_unit is None:
        return issue
    return dispatch_issue(issue, by=by, now=now, lead_unit=promise.lead_unit, co_units=promise.co_units, limit=promise.limit)


def _matter(occasion: Occasion, point: Point, promise: Promise) -> Matter:
    where = f"{occasion.title}{occasion.number_in_chinese} {local_words(occasion.starts_at)[:10]} {point.speaker}"
    source = f"\n\n({where})"
    return Matter(
        title=promise.title,
        body=point.text[: MAX_BODY - len(source)] + source,
        category=promise.category,
        nature=promise.nature,
        urgency=promise.urgency,
        channel=Channel.BREAKFAST if occasion.kind == Kind.BREAKFAST else Channel.MEETING,
    )


def key_of(point: Point) -> str:
    """The once-only key of the issue that a point becomes."""
    return hashlib.sha256(f"meeting-point:{point.pk}".encode()).hexdigest()

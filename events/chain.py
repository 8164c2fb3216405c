"""From a point to its issue and back, and from one meeting to the next: only what the reader may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from events.enums import AFTER
from events.models import Occasion, Point
from events.permissions import may_view, reads_record
from issues.enums import Channel
from issues.lights import light_of, remaining
from issues.models import Issue
from issues.related import Related
from liaison.accounts.models import User


@dataclass(frozen=True)
class Line:
    """A point with what has become of it."""

    point: Point
    number: str = ""
    "Of its issue; empty where there is none, or where the reader may not know."
    url: str = ""
    stage: str = ""
    light: str = ""
    remaining: str = ""
    unit: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits."""
        issue = self.point.issue
        return issue is None or issue.is_open


def lines_of(points: Iterable[Point], reader: User, now: datetime, *, whole: bool) -> list[Line]:
    """Points with the live state of their issues.

    ``whole``: the reader reads the whole record, and so learns how far each promise is even where the issue itself is not
    theirs to read; never of a sensitive one, nor of one that names officials.
    """
    rows = list(points)
    ids = [row.issue_id for row in rows if row.issue_id]
    readable = set(Issue.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    known = set(ids) - quiet(ids) if whole else set()
    return [_line(row, row.issue, now, reads=row.issue_id in readable, knows=row.issue_id in known) for row in rows]


def quiet(ids: Iterable[int]) -> set[int]:
    """Issues of which nobody learns anything who may not read them: sensitive ones, and ones that name officials."""
    rows = Issue.objects.filter(pk__in=list(ids))
    return {
        *rows.filter(sensitive=True).values_list("pk", flat=True),
        *rows.filter(concerns__isnull=False).values_list("pk", flat=True),
    }


def _line(point: Point, issue: Issue | None, now: datetime, *, reads: bool, knows: bool) -> Line:
    if issue is None or not (reads or knows):
        return Line(point)
    return Line(
        point,
        number=issue.number or "",
        url=issue.get_absolute_url() if reads else "",
        stage=str(issue.get_stage_display()),
        light=light_of(issue, now),
        remaining=remaining(issue, now) if light_of(issue, now) else "",
        unit=str(issue.lead_unit or ""),
    )


def last_of_series(occasion: Occasion) -> Occasion | None:
    """The meeting of the same series before this one that took place."""
    if occasion.series_id is None:
        return None
    rows = Occasion.objects.filter(series=occasion.series_id, starts_at__lt=occasion.starts_at, stage__in=sorted(AFTER))
    return rows.select_related("series").order_by("-starts_at", "-pk").first()


def promises_of_last(occasion: Occasion, reader: User, now: datetime) -> tuple[Occasion, list[Line]] | None:
    """With what the next meeting opens: the live state of the last one's points that were taken away."""
    last = last_of_series(occasion)
    if last is None:
        return None
    points = last.points.promised().with_all()
    if not reads_record(last, reader):
        points = points.of_reader(reader)
    lines = lines_of(points, reader, now, whole=reads_record(last, reader))
    return (last, lines) if lines else None


def origins(issue: Issue, reader: User) -> Iterator[Related]:
    """The meeting and the point that an issue came from; one of another channel came from none, and nothing is asked."""
    if issue.channel not in {Channel.BREAKFAST, Channel.MEETING}:
        return
    for point in Point.objects.filter(issue=issue).select_related("occasion__series"):
        occasion = point.occasion
        words = _("Raised at %(occasion)s, point %(number)d") % {"occasion": occasion, "number": point.number}
        yield Related(words, point.get_absolute_url() if may_view(occasion, reader) else "")

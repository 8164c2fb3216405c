"""What was raised in the meetings, and which promises were kept by the next one."""

from datetime import datetime

from django.db.models import Case, Count, DateTimeField, F, OuterRef, Q, Subquery, When

from events.enums import AFTER, PointKind
from events.figures.scope import Scope
from events.models import Occasion, Point, PointQuerySet
from events.permissions import records_read_by
from issues.enums import Stage
from issues.models import Issue
from liaison.accounts.models import User


def points(scope: Scope) -> PointQuerySet:
    """Everything that was raised."""
    return Point.objects.filter(occasion__in=scope.ids())


def points_of(scope: Scope, kind: str) -> PointQuerySet:
    """What was raised and became this in the meeting itself."""
    return points(scope).filter(kind=kind)


def by_kind(scope: Scope) -> list[tuple[PointKind, int]]:
    """How many points became what, in the order of the kinds."""
    counts = dict(points(scope).order_by().values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind.value]) for kind in PointKind if kind.value in counts]


def promises(scope: Scope) -> PointQuerySet:
    """Points that were taken away, and whose time is over: another meeting of the series has taken place since.

    Of the last meeting of a series, and of one outside a series, nothing can be said yet.
    """
    return points_of(scope, PointKind.TAKEN).annotate(next_at=_next_of_series()).filter(next_at__isnull=False)


def kept(scope: Scope) -> PointQuerySet:
    """Promises whose issue was closed before the next meeting of the series began.

    Closed means that the firm or a call-back has ended the loop, and that nobody has opened it again; refused, withdrawn and
    ended on a legal ground do not count. Of an issue that was merged into another one, the other one is asked.
    """
    own = When(issue__stage=Stage.CLOSED, then=F("issue__closed_at"))
    others = When(issue__stage=Stage.MERGED, issue__merged_into__stage=Stage.CLOSED, then=F("issue__merged_into__closed_at"))
    return promises(scope).annotate(settled_at=Case(own, others)).filter(settled_at__lt=F("next_at"))


def of_read_records(rows: PointQuerySet, reader: User) -> PointQuerySet:
    """Those of the meetings whose whole record ``reader`` reads."""
    return rows.filter(occasion__in=records_read_by(reader).order_by().values("pk"))


def without_quiet(rows: PointQuerySet, reader: User) -> PointQuerySet:
    """Without those of whose issue nobody learns anything who may not read it: sensitive ones, ones that name officials."""
    quiet = Issue.objects.filter(Q(sensitive=True) | Q(concerns__isnull=False))
    return rows.exclude(issue__in=quiet.exclude(pk__in=Issue.objects.visible_to(reader).values("pk")).values("pk"))


def _next_of_series() -> "Subquery[DateTimeField[datetime, datetime]]":
    """When the meeting after a point's own began."""
    later = Occasion.objects.filter(
        series=OuterRef("occasion__series"), starts_at__gt=OuterRef("occasion__starts_at"), stage__in=sorted(AFTER)
    )
    return Subquery(later.order_by("starts_at", "pk").values("starts_at")[:1])

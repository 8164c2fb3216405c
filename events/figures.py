"""Figures of the meetings: what was held, whom it reached, who presided. Each figure is a list that is only counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Sum
from django.db.models.functions import ExtractYear

from enterprises.enums import Size
from enterprises.models import Enterprise
from events.enums import AFTER, Action, InvitationState, Kind, Presence, PresidingRole
from events.models import Invitation, Occasion, OccasionQuerySet, Presiding, Series
from liaison.accounts.models import User
from liaison.workdays import ZONE

Ids = QuerySet[Invitation, int] | Collection[int]
"Ids of invitations, read already or still a query."
SMALL: Final = (Size.SMALL, Size.MICRO)


@dataclass(frozen=True)
class Scope:
    """Of which year and which series; nothing given: of all of them."""

    year: int | None = None
    series: Series | None = None

    def held(self) -> OccasionQuerySet:
        """Occasions that took place."""
        rows = self.of_series()
        if self.year is None:
            return rows
        begins, ends = (datetime(year, 1, 1, tzinfo=ZONE) for year in (self.year, self.year + 1))
        return rows.filter(starts_at__gte=begins, starts_at__lt=ends)

    def of_series(self) -> OccasionQuerySet:
        """The same of every year."""
        rows = Occasion.objects.filter(stage__in=sorted(AFTER))
        return rows if self.series is None else rows.filter(series=self.series)


@dataclass(frozen=True)
class Share:
    """Some of all."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Of a hundred; nothing can be said of nothing."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Presided:
    """How often a leader hosted, and how often they were there besides."""

    leader: User
    hosted: int
    attended: int


@dataclass(frozen=True)
class Figures:
    """All figures of one scope."""

    occasions: int
    booklets: int
    by_kind: list[tuple[Kind, int]]
    by_action: list[tuple[Action, int]]
    reached: int
    first: int
    small: Share
    "Small and micro firms among the reached ones whose size is known."
    no_shows: Share | None
    "Announced and not come; nothing without check-in at the door."
    presided: list[Presided]


def figures_of(scope: Scope, checked_in: Ids | None = None) -> Figures:
    """Count everything; ``checked_in``: invitations whose firm was seen at the door, where anybody looked."""
    totals = scope.held().order_by().aggregate(n=Count("pk"), booklets=Sum("booklets"))
    sizes = dict(reached(scope, checked_in).order_by().values_list("size").annotate(n=Count("pk")))
    return Figures(
        occasions=totals["n"],
        booklets=totals["booklets"] or 0,
        by_kind=[(Kind(value), n) for value, n in _counted(scope, "kind", Kind.values)],
        by_action=[(Action(value), n) for value, n in _counted(scope, "action", Action.values)],
        reached=sum(sizes.values()),
        first=first_reached(scope, checked_in).count(),
        small=Share(sum(sizes.get(size, 0) for size in SMALL), sum(n for size, n in sizes.items() if size)),
        no_shows=None if checked_in is None else Share(no_shows(scope, checked_in).count(), announced(scope).count()),
        presided=presided(scope),
    )


def announced(scope: Scope) -> QuerySet[Invitation]:
    """Invitations whose firm had said that it comes."""
    return Invitation.objects.filter(occasion__in=scope.held().order_by().values("pk"), state=InvitationState.ACCEPTED)


def no_shows(scope: Scope, checked_in: Ids) -> QuerySet[Invitation]:
    """Announced, and not seen at the door."""
    return announced(scope).exclude(pk__in=checked_in)


def came(scope: Scope, checked_in: Ids | None = None) -> QuerySet[Invitation]:
    """Seen at the door; where nobody looked, whoever had said so."""
    rows = announced(scope)
    return rows if checked_in is None else rows.filter(pk__in=checked_in)


def reached(scope: Scope, checked_in: Ids | None = None) -> QuerySet[Enterprise]:
    """Firms that came at least once."""
    theirs = came(scope, checked_in).order_by().filter(enterprise=OuterRef("pk"))
    return Enterprise.objects.filter(Exists(theirs))


def first_reached(scope: Scope, checked_in: Ids | None = None) -> QuerySet[Enterprise]:
    """Firms that came for the first time ever – to this series, where one is asked for."""
    if scope.year is None:
        return reached(scope, checked_in)
    ever = came(Scope(series=scope.series), checked_in).order_by()
    firsts = ever.values("enterprise").annotate(first=Min("occasion__starts_at"))
    begins, ends = (datetime(year, 1, 1, tzinfo=ZONE) for year in (scope.year, scope.year + 1))
    return Enterprise.objects.filter(pk__in=firsts.filter(first__gte=begins, first__lt=ends).values("enterprise"))


def small_reached(scope: Scope, checked_in: Ids | None = None) -> QuerySet[Enterprise]:
    """Small and micro firms among them."""
    return reached(scope, checked_in).filter(size__in=SMALL)


def presided(scope: Scope) -> list[Presided]:
    """Who was really there, the most frequent host first."""
    rows = Presiding.objects.filter(occasion__in=scope.held().order_by().values("pk"), state=Presence.ACTUAL)
    counts: dict[int, dict[str, int]] = {}
    for leader, role, n in rows.order_by().values_list("leader", "role").annotate(n=Count("pk")):
        counts.setdefault(leader, {})[role] = n
    leaders = User.objects.in_bulk(counts)
    found = [
        Presided(leaders[pk], roles.get(PresidingRole.HOST, 0), roles.get(PresidingRole.LEADER, 0))
        for pk, roles in counts.items()
    ]
    return sorted(found, key=lambda row: (-row.hosted, -row.attended, row.leader.pk))


def held_with(scope: Scope, leader: User) -> OccasionQuerySet:
    """Occasions at which a leader was."""
    there = Presiding.objects.filter(leader=leader, state=Presence.ACTUAL)
    return scope.held().filter(pk__in=there.values("occasion"))


def years() -> list[int]:
    """Years in which something was held, the newest first."""
    rows = Scope().held().order_by().annotate(year=ExtractYear("starts_at", tzinfo=ZONE))
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def _counted(scope: Scope, field: str, order: Iterable[str]) -> list[tuple[str, int]]:
    counts = dict(scope.held().order_by().values_list(field).annotate(n=Count("pk")))
    return [(value, counts[value]) for value in order if value in counts]

"""Figures of the meetings: what was held, whom it reached, who presided, what was said; each a list that is only counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from events.enums import Action, Kind, PointKind, Presence, PresidingRole
from events.figures.coming import SMALL, announced, came, first_reached, no_shows, reached, small_reached, watched
from events.figures.said import by_kind, kept, of_read_records, points, points_of, promises, without_quiet
from events.figures.scope import Scope, Share, years
from events.models import OccasionQuerySet, Presiding
from liaison.accounts.models import User

__all__ = [
    "Figures",
    "Presided",
    "Scope",
    "Share",
    "announced",
    "came",
    "figures_of",
    "first_reached",
    "held_with",
    "kept",
    "no_shows",
    "of_read_records",
    "points",
    "points_of",
    "presided",
    "promises",
    "reached",
    "small_reached",
    "watched",
    "with_booklets",
    "without_quiet",
    "years",
]


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
    watched: int
    "Meetings at whose door somebody was checked in."
    reached: int
    first: int
    small: Share
    "Small and micro firms among the reached ones whose size is known."
    no_shows: Share
    "Announced and not come, of those announced where somebody looked at the door."
    said: list[tuple[PointKind, int]]
    answered: Share
    "Answered on the spot, of all points."
    kept: Share
    "Closed by the next meeting, of the promises whose time is over."
    presided: list[Presided]


def figures_of(scope: Scope) -> Figures:
    """Count everything, with as many questions however many meetings there were."""
    totals = scope.held().order_by().aggregate(n=Count("pk"), booklets=Sum("booklets"))
    sizes = dict(reached(scope).order_by().values_list("size").annotate(n=Count("pk")))
    said = by_kind(scope)
    return Figures(
        occasions=totals["n"],
        booklets=totals["booklets"] or 0,
        by_kind=[(Kind(value), n) for value, n in _counted(scope, "kind", Kind.values)],
        by_action=[(Action(value), n) for value, n in _counted(scope, "action", Action.values)],
        watched=watched(scope).count(),
        reached=sum(sizes.values()),
        first=first_reached(scope).count(),
        small=Share(sum(sizes.get(size, 0) for size in SMALL), sum(n for size, n in sizes.items() if size)),
        no_shows=Share(no_shows(scope).count(), announced(scope).count()),
        said=said,
        answered=Share(dict(said).get(PointKind.ANSWERED, 0), sum(n for _kind, n in said)),
        kept=Share(kept(scope).count(), promises(scope).count()),
        presided=presided(scope),
    )


def presided(scope: Scope) -> list[Presided]:
    """Who was really there, the most frequent host first."""
    rows = Presiding.objects.filter(occasion__in=scope.ids(), state=Presence.ACTUAL)
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


def with_booklets(scope: Scope) -> OccasionQuerySet:
    """Occasions at which booklets were handed out."""
    return scope.held().filter(booklets__gt=0)


def _counted(scope: Scope, field: str, order: Iterable[str]) -> list[tuple[str, int]]:
    counts = dict(scope.held().order_by().values_list(field).annotate(n=Count("pk")))
    return [(value, counts[value]) for value in order if value in counts]

"""Which firms came, and which had said so and did not: by the check-ins, where anybody was checked in."""

from typing import Final

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from enterprises.enums import Size
from enterprises.models import Enterprise
from events.enums import InvitationState, Source
from events.figures.scope import Scope
from events.models import CheckIn, Invitation, OccasionQuerySet

SMALL: Final = (Size.SMALL, Size.MICRO)


def watched(scope: Scope) -> OccasionQuerySet:
    """Occasions at whose door somebody was checked in: of them alone it is known who stayed away."""
    return scope.held().filter(pk__in=_inside(scope).values("occasion"))


def announced(scope: Scope) -> QuerySet[Invitation]:
    """Firms that had said they come, to where somebody looked at the door; who came without an invitation had not."""
    return _said_so(scope).filter(occasion__in=watched(scope).order_by().values("pk"))


def no_shows(scope: Scope) -> QuerySet[Invitation]:
    """Announced, and not seen at the door."""
    return announced(scope).exclude(pk__in=_inside(scope).values("invitation"))


def came(scope: Scope) -> QuerySet[Invitation]:
    """Seen at the door, expected or not; where nobody looked, whoever had said so."""
    rows = Invitation.objects.filter(occasion__in=scope.ids())
    by_word = Q(pk__in=_said_so(scope).exclude(occasion__in=watched(scope).order_by().values("pk")).values("pk"))
    return rows.filter(Q(pk__in=_inside(scope).values("invitation")) | by_word)


def reached(scope: Scope) -> QuerySet[Enterprise]:
    """Firms that came at least once."""
    return Enterprise.objects.filter(Exists(came(scope).order_by().filter(enterprise=OuterRef("pk"))))


def first_reached(scope: Scope) -> QuerySet[Enterprise]:
    """Firms that came for the first time ever – to this series, where one is asked for."""
    if scope.year is None:
        return reached(scope)
    firsts = came(Scope(series=scope.series)).order_by().values("enterprise").annotate(first=Min("occasion__starts_at"))
    begins, ends = scope.bounds(scope.year)
    return Enterprise.objects.filter(pk__in=firsts.filter(first__gte=begins, first__lt=ends).values("enterprise"))


def small_reached(scope: Scope) -> QuerySet[Enterprise]:
    """Small and micro firms among them."""
    return reached(scope).filter(size__in=SMALL)


def _said_so(scope: Scope) -> QuerySet[Invitation]:
    accepted = Invitation.objects.filter(occasion__in=scope.ids(), state=InvitationState.ACCEPTED)
    return accepted.exclude(source=Source.WALK_IN).order_by()


def _inside(scope: Scope) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(occasion__in=scope.ids()).inside().order_by()

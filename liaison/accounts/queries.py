"""Finding people by what they do."""

from collections.abc import Iterable

from django.db.models import Q

from liaison.accounts.models import Duty, Posting, Substitution, User
from liaison.moments import clock


def holders(duties: Iterable[Duty], unit_ids: Iterable[int] | None = None) -> list[User]:
    """Everybody who has one of ``duties`` today (in these units), and who stands in for them."""
    today = clock.today()
    postings = Posting.objects.on(today).filter(duty__in=list(duties))
    if unit_ids is not None:
        postings = postings.filter(unit__in=list(unit_ids))
    direct = postings.values("user")
    stand_ins = Substitution.objects.on(today).filter(absent__in=direct).values("substitute")
    return list(User.objects.filter(Q(pk__in=direct) | Q(pk__in=stand_ins), is_active=True).order_by("pk"))


def unit_ids_of(duties: Iterable[Duty]) -> list[int]:
    """Units in which somebody has one of ``duties`` today."""
    return list(Posting.objects.on(clock.today()).filter(duty__in=list(duties)).values_list("unit_id", flat=True).distinct())

"""What keeps a person away from matters of an enterprise, and from reports about a unit."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from enterprises.permissions import roles_of
from liaison.accounts.models import Duty, Posting, Unit, UnitKind, User
from liaison.accounts.rights import RIGHTS, Right, hats_of, once_for
from liaison.moments import clock
from supervision.enums import Tie
from supervision.models.interest import Interest

LEADING: Final = frozenset({Duty.LEADER, Duty.MAIN_LEADER})
"Whoever leads a unit from above is not one of its officials."


def declared(user: User) -> dict[int, str]:
    """Enterprise id → tie, of every interest that still holds; read once per user object."""
    cached: dict[int, str] | None = getattr(user, "_interests", None)
    if cached is None:
        cached = once_for(user, "interests", lambda: _read(user))
        user._interests = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached


def _read(user: User) -> dict[int, str]:
    return dict(Interest.objects.open().filter(person=user).values_list("enterprise_id", "tie"))


def tied_to(user: User) -> frozenset[int]:
    """Enterprises whose matters the person neither sees nor handles nor rates: declared ones, and those they act for."""
    return frozenset(declared(user)) | frozenset(roles_of(user))


def others_tied_to(user: User) -> frozenset[int]:
    """The same without one's own: competitors and relatives' enterprises."""
    own = frozenset(roles_of(user)) | {pk for pk, tie in declared(user).items() if tie == Tie.OWN}
    return frozenset(declared(user)) - own


# --- units ------------------------------------------------------------------------------------------
def serves(user: User) -> frozenset[int]:
    """Units whose officials the person, or somebody they stand in for, belongs to: they handle no report about these."""
    cached: frozenset[int] | None = getattr(user, "_serves", None)
    if cached is None:
        cached = once_for(user, "serves", lambda: _served_by(user))
        user._serves = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached


def _served_by(user: User) -> frozenset[int]:
    hats = hats_of(user).hats
    if not hats:
        return frozenset()
    leading = {hat.unit_id for hat in hats if hat.duty in LEADING}
    within = _above(hat.path for hat in hats if hat.duty not in LEADING)
    units = Unit.objects.filter(Q(pk__in=leading, kind=UnitKind.LEADERSHIP) | _below_leadership(within))
    return frozenset(units.values_list("pk", flat=True))


def of_whole_desk() -> frozenset[int]:
    """Units to which everybody at the desk belongs: nobody there can sort a report about one of these."""
    postings = Posting.objects.on(clock.today()).filter(duty__in=list(RIGHTS[Right.MANAGE_SUPERVISORS]), user__is_active=True)
    paths = [_above([path]) for path in postings.values_list("unit__path", flat=True)]
    if not paths:
        return frozenset()
    return frozenset(Unit.objects.filter(_below_leadership(set.intersection(*paths))).values_list("pk", flat=True))


def _above(paths: Iterable[str]) -> set[str]:
    """``/gov/tax/`` lies in itself and in ``/gov/``."""
    return {path[: at + 1] for path in paths for at in range(1, len(path)) if path[at] == "/"}


def _below_leadership(paths: Iterable[str]) -> Q:
    """The whole district is no unit that its officials could be kept away from."""
    return Q(path__in=sorted(paths)) & ~Q(kind=UnitKind.LEADERSHIP)

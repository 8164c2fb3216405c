"""What keeps a person away from matters of an enterprise."""

from enterprises.permissions import roles_of
from liaison.accounts.models import User
from liaison.accounts.rights import once_for
from supervision.enums import Tie
from supervision.models.interest import Interest


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

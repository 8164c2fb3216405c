"""Who may see and do what about an enterprise. Each answer follows from duties or from representing it, nothing else."""

from collections.abc import Iterable
from functools import partial

from enterprises.enums import Role
from enterprises.models import Enterprise, Representative
from liaison.accounts.models import User
from liaison.accounts.rights import ADMINISTRATORS, Right, hats_of, once_for


def roles_of(user: User) -> dict[int, Role]:
    """Enterprise id → role, for all that ``user`` represents; read once per user object, that is once per request."""
    cached: dict[int, Role] | None = getattr(user, "_roles", None)
    if cached is None:
        cached = once_for(user, "roles", lambda: _read_roles(user))
        user._roles = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached


def _read_roles(user: User) -> dict[int, Role]:
    rows = Representative.objects.open().filter(user=user).values_list("enterprise_id", "role")
    return {enterprise_id: Role(role) for enterprise_id, role in rows}


def know_roles(users: Iterable[User]) -> None:
    """Within ``nobody_moves``: read whom many people represent with one query."""
    wanted = {user.pk: user for user in users}
    found: dict[int, dict[int, Role]] = {pk: {} for pk in wanted}
    for pk, enterprise_id, role in (
        Representative.objects.open().filter(user__in=wanted).values_list("user", "enterprise", "role")
    ):
        found[pk][enterprise_id] = Role(role)
    for pk, user in wanted.items():
        once_for(user, "roles", partial(found.__getitem__, pk))


def forget_roles(user: User) -> None:
    """After an act that changed them, within the same request."""
    if hasattr(user, "_roles"):  # not through __dict__: request.user is a proxy
        del user._roles  # noqa: SLF001


def represents(enterprise: Enterprise, user: User) -> bool:
    """Whether the person acts for the enterprise now."""
    return enterprise.pk in roles_of(user)


def is_manager(enterprise: Enterprise, user: User) -> bool:
    """Whether the person manages the enterprise's people and data."""
    return roles_of(user).get(enterprise.pk) == Role.MANAGER


def is_verifier(_enterprise: Enterprise | None, user: User) -> bool:
    """Whether the person decides about registrations (the desk)."""
    return hats_of(user).may(Right.VERIFY_ENTERPRISES)


def may_view(enterprise: Enterprise, user: User) -> bool:
    """The same answer as ``visible_to``, for one enterprise."""
    return hats_of(user).may(Right.READ_ENTERPRISES) or represents(enterprise, user)


def may_edit(enterprise: Enterprise, user: User) -> bool:
    """The desk and the firm's manager keep the data."""
    return is_verifier(enterprise, user) or is_manager(enterprise, user)


def may_manage_people(enterprise: Enterprise, user: User) -> bool:
    """The firm's manager invites and removes; the desk can when a firm has lost (or never had) its manager."""
    return may_edit(enterprise, user)


def may_represent(user: User) -> bool:
    """Anybody but the three administrators, who read no business content."""
    return not hats_of(user).duties & ADMINISTRATORS

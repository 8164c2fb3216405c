"""The one table of rights: what each duty may do, and how far it reaches. Nothing else grants a right."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from django.db.models import Q

from liaison.accounts.models import Duty, Posting, Substitution, Unit, User
from liaison.moments import clock


class Right(StrEnum):
    """What a duty can allow."""

    TRIAGE_ISSUES = "triage_issues"
    CALL_BACK = "call_back"
    ACCEPT_ORDERS = "accept_orders"
    HANDLE_ORDERS = "handle_orders"
    SIGN_OFF = "sign_off"
    READ_ORDERS = "read_orders"
    LEAD_UNITS = "lead_units"
    DIRECT = "direct"
    OVERSEE_ISSUES = "oversee_issues"
    SUPERVISE = "supervise"
    VERIFY_ENTERPRISES = "verify_enterprises"
    READ_ENTERPRISES = "read_enterprises"
    MANAGE_MEETINGS = "manage_meetings"
    MANAGE_SUPERVISORS = "manage_supervisors"
    READ_SET_ASIDE = "read_set_aside"
    EXPORT = "export"
    NAME_SUBSTITUTES = "name_substitutes"
    MANAGE_ROBOTS = "manage_robots"
    MEND_ADDRESSES = "mend_addresses"
    MANAGE_REFERENCE = "manage_reference"
    KEEP_CALENDAR = "keep_calendar"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"


class Reach(StrEnum):
    """How far a right goes: the unit of the posting, the unit and all below it, or the whole district."""

    UNIT = "unit"
    BRANCH = "branch"
    DISTRICT = "district"


RIGHTS: Final[dict[Right, dict[Duty, Reach]]] = {
    Right.TRIAGE_ISSUES: {Duty.DESK: Reach.DISTRICT},
    Right.CALL_BACK: {Duty.CALLER: Reach.DISTRICT},
    Right.ACCEPT_ORDERS: {Duty.LIAISON: Reach.UNIT},
    Right.HANDLE_ORDERS: {Duty.HANDLER: Reach.UNIT},
    Right.SIGN_OFF: {Duty.HEAD: Reach.UNIT, Duty.DEPUTY: Reach.UNIT},
    Right.READ_ORDERS: {
        Duty.LIAISON: Reach.UNIT,
        Duty.HANDLER: Reach.UNIT,
        Duty.DEPUTY: Reach.BRANCH,
        Duty.HEAD: Reach.BRANCH,
        Duty.LEADER: Reach.BRANCH,
    },
    Right.LEAD_UNITS: {Duty.LEADER: Reach.BRANCH, Duty.MAIN_LEADER: Reach.DISTRICT},
    Right.DIRECT: {Duty.MAIN_LEADER: Reach.DISTRICT},
    Right.OVERSEE_ISSUES: {Duty.INSPECTOR: Reach.DISTRICT, Duty.MAIN_LEADER: Reach.DISTRICT},
    Right.SUPERVISE: {Duty.INSPECTOR: Reach.DISTRICT},
    Right.VERIFY_ENTERPRISES: {Duty.DESK: Reach.DISTRICT},
    Right.READ_ENTERPRISES: {
        Duty.DESK: Reach.DISTRICT,
        Duty.INSPECTOR: Reach.DISTRICT,
        Duty.MAIN_LEADER: Reach.DISTRICT,
        Duty.LEADER: Reach.DISTRICT,
        Duty.EVENT_STAFF: Reach.DISTRICT,
    },
    Right.MANAGE_MEETINGS: {Duty.EVENT_STAFF: Reach.DISTRICT},
    Right.MANAGE_SUPERVISORS: {Duty.DESK: Reach.DISTRICT},
    Right.READ_SET_ASIDE: {
        Duty.DISCIPLINE_RECEPTION: Reach.DISTRICT,
        Duty.DISCIPLINE_KEEPER: Reach.DISTRICT,
        Duty.DISCIPLINE_HANDLER: Reach.DISTRICT,
        Duty.DISCIPLINE_HEAD: Reach.DISTRICT,
    },
    Right.EXPORT: {Duty.DESK: Reach.DISTRICT},
    Right.NAME_SUBSTITUTES: {Duty.HEAD: Reach.UNIT},
    Right.MANAGE_ROBOTS: {Duty.HEAD: Reach.UNIT},
    Right.MEND_ADDRESSES: {Duty.DESK: Reach.DISTRICT},
    Right.MANAGE_REFERENCE: {Duty.SYSTEM_ADMIN: Reach.DISTRICT},
    Right.KEEP_CALENDAR: {Duty.DESK: Reach.DISTRICT},
    Right.MANAGE_ACCOUNTS: {Duty.SECURITY_ADMIN: Reach.DISTRICT},
    Right.READ_AUDIT: {Duty.AUDIT_ADMIN: Reach.DISTRICT},
}
"The three administrators hold one right each, and no other duty of theirs may read business content."

ADMINISTRATORS: Final = frozenset({Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN})
RANKS: Final = {Duty.MAIN_LEADER: 4, Duty.LEADER: 3, Duty.HEAD: 2, Duty.DEPUTY: 1}
"Who is above whom within a branch; all other duties rank 0."


@dataclass(frozen=True)
class Hat:
    """One duty that a person has today, their own or as a substitute."""

    duty: Duty
    unit_id: int
    path: str
    owner_id: int
    "Whose duty it is: the person's own id, or the absent person's."


class Hats:
    """All that a person is on one day."""

    def __init__(self, user_id: int, hats: Iterable[Hat], paths: Mapping[int, str] | None = None) -> None:
        self.user_id = user_id
        self._paths = paths
        self.hats = tuple(hats)
        self.duties = frozenset(hat.duty for hat in self.hats)
        self._units: dict[Right, frozenset[int]] = {}
        self._below: dict[frozenset[str], frozenset[int]] = {}

    @property
    def is_staff(self) -> bool:
        """Whether the person holds any duty today."""
        return bool(self.hats)

    @property
    def owner_ids(self) -> frozenset[int]:
        """The person and everybody they stand in for today."""
        return frozenset({self.user_id, *(hat.owner_id for hat in self.hats)})

    def may(self, right: Right, unit_id: int | None = None) -> bool:
        """Whether a duty of today gives ``right``, anywhere or for one unit."""
        if self.everywhere(right):
            return True
        if unit_id is None:
            return any(hat.duty in RIGHTS[right] for hat in self.hats)
        return unit_id in self.units(right)

    def everywhere(self, right: Right) -> bool:
        """Whether the right reaches the whole district."""
        return any(RIGHTS[right].get(hat.duty) == Reach.DISTRICT for hat in self.hats)

    def units(self, right: Right) -> frozenset[int]:
        """Units for which the person has ``right`` by a posting there or above."""
        if right not in self._units:
            granted = [(hat, reach) for hat in self.hats if (reach := RIGHTS[right].get(hat.duty)) and reach != Reach.DISTRICT]
            found = {hat.unit_id for hat, _reach in granted}
            found |= self._in_branches(frozenset(hat.path for hat, reach in granted if reach == Reach.BRANCH))
            self._units[right] = frozenset(found)
        return self._units[right]

    def _in_branches(self, paths: frozenset[str]) -> frozenset[int]:
        """Units at or below these paths; several rights of one duty ask for the same ones."""
        if paths and paths not in self._below and self._paths is not None:
            self._below[paths] = frozenset(pk for pk, path in self._paths.items() if path.startswith(tuple(paths)))
        elif paths and paths not in self._below:
            branches = Q(*(Q(path__startswith=path) for path in sorted(paths)), _connector=Q.OR)
            self._below[paths] = frozenset(Unit.objects.filter(branches).values_list("pk", flat=True))
        return self._below.get(paths, frozenset())


T = TypeVar("T")
_still: ContextVar[dict[tuple[str, int], Any] | None] = ContextVar("still", default=None)


@contextmanager
def nobody_moves() -> Iterator[None]:
    """For bulk work: while the block runs nobody's duties change, so each person's are read once, not once per object."""
    token = _still.set({})
    try:
        yield
    finally:
        _still.reset(token)


def once_for(user: User, what: str, read: Callable[[], T]) -> T:
    """What ``read`` finds out about a person: every time anew, within ``nobody_moves`` once."""
    known = _still.get()
    if known is None:
        return read()
    if (what, user.pk) not in known:
        known[what, user.pk] = read()
    found: T = known[what, user.pk]
    return found


def hats_of(user: User) -> Hats:
    """All duties of ``user`` today; read once per user object, that is once per request."""
    today = clock.today()
    cached: tuple[date, Hats] | None = getattr(user, "_hats", None)
    if cached is None or cached[0] != today:
        cached = (today, once_for(user, "hats", lambda: _read_hats(user, today)))
        user._hats = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached[1]


def _read_hats(user: User, today: date) -> Hats:
    """An administrator's duty is not handed on, and an administrator stands in for nobody."""
    absent = Substitution.objects.on(today).filter(substitute=user).values("absent")
    postings = (
        Posting.objects.on(today)
        .filter(Q(user=user) | Q(user__in=absent, user__is_active=True) & ~Q(duty__in=ADMINISTRATORS))
        .select_related("unit")
    )
    hats = [Hat(Duty(p.duty), p.unit_id, p.unit.path, p.user_id) for p in postings]
    if any(hat.duty in ADMINISTRATORS for hat in hats):
        hats = [hat for hat in hats if hat.owner_id == user.pk]
    return Hats(user.pk, hats)


def know_hats(users: Iterable[User]) -> None:
    """Within ``nobody_moves``: read the duties of many people at once, with three queries however many they are."""
    known, today = _still.get(), clock.today()
    pks = {user.pk for user in users if known is not None and ("hats", user.pk) not in known}
    if known is None or not pks:
        return
    stands_in: dict[int, set[int]] = defaultdict(set)
    for absent, substitute in Substitution.objects.on(today).filter(substitute__in=pks).values_list("absent", "substitute"):
        stands_in[substitute].add(absent)
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.on(today).filter(user__in=pks.union(*stands_in.values())).select_related("unit", "user"):
        postings[posting.user_id].append(posting)
    paths = dict(Unit.objects.values_list("pk", "path"))
    for pk in pks:
        known["hats", pk] = _hats_from(pk, stands_in[pk], postings, paths)


def _hats_from(pk: int, stands_in: Iterable[int], postings: Mapping[int, list[Posting]], paths: Mapping[int, str]) -> Hats:
    """The same as ``_read_hats``, of rows that were read for many."""
    own = list(postings.get(pk, ()))
    lent = [p for absent in stands_in for p in postings.get(absent, ()) if p.user.is_active and p.duty not in ADMINISTRATORS]
    if any(posting.duty in ADMINISTRATORS for posting in own):
        lent = []
    return Hats(pk, (Hat(Duty(p.duty), p.unit_id, p.unit.path, p.user_id) for p in own + lent), paths)


def shadowed_by(user: User) -> frozenset[int]:
    """Officials whose being named in a matter hides it from ``user``: themselves, whom they stand in for, who is above them."""
    cached: frozenset[int] | None = getattr(user, "_shadow", None)
    if cached is None:
        cached = once_for(user, "shadow", lambda: _read_shadow(user))
        user._shadow = cached  # type: ignore[attr-defined] # noqa: SLF001
    return cached


def _read_shadow(user: User) -> frozenset[int]:
    today, hats = clock.today(), hats_of(user)
    own = [hat for hat in hats.hats if hat.owner_id == user.pk]
    named = set(hats.owner_ids)
    absent = Substitution.objects.on(today).filter(substitute=user).values_list("absent_id", flat=True)
    named.update(absent)
    if own:
        above = Posting.objects.on(today).filter(duty__in=RANKS).exclude(user=user).select_related("unit")
        named.update(p.user_id for p in above if any(_is_above(p, hat) for hat in own))
    return frozenset(named)


def _is_above(posting: Posting, hat: Hat) -> bool:
    """Whether the holder of ``posting`` commands the wearer of ``hat``."""
    if not hat.path.startswith(posting.unit.path):
        return False
    return len(hat.path) > len(posting.unit.path) or RANKS[Duty(posting.duty)] > RANKS.get(hat.duty, 0)

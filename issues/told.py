"""Who is told by rungs of the ladder: roles become people at the moment of telling, for many clocks with a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q

from enterprises.models import Representative
from enterprises.permissions import know_roles
from issues.models import Issue, Order
from issues.permissions import is_staff_side, may_view
from liaison.accounts.models import Duty, Posting, Substitution, Unit, User
from liaison.accounts.rights import know_hats
from liaison.clocks.enums import Told
from liaison.clocks.models import Clock
from liaison.moments import clock as portal_clock

DISTRICT: Final = {
    Told.DESK: Duty.DESK,
    Told.INSPECTOR: Duty.INSPECTOR,
    Told.MAIN_LEADER: Duty.MAIN_LEADER,
    Told.CALLER: Duty.CALLER,
}
"Roles that are the same for every matter."
OF_UNIT: Final = {Told.LIAISON: Duty.LIAISON, Told.DEPUTY: Duty.DEPUTY, Told.HEAD: Duty.HEAD}
"Roles in the unit whose clock it is."
UNIT_ROLES: Final = frozenset({Told.HANDLER, *OF_UNIT})
Ask = tuple[Clock, Issue, Collection[str]]
"A clock, its issue, and the roles that are told."


@dataclass(frozen=True)
class Audience:
    """The people told of one clock."""

    staff: list[User] = field(default_factory=list)
    firm: list[User] = field(default_factory=list)
    units: frozenset[int] = frozenset()
    "Whose groups say it, too."


class People:
    """Postings, substitutions and representatives of today, read once for a batch. Use it within ``nobody_moves``.

    A clock that is no unit's is the desk's: its officers are told in the place of handler and liaison, their heads as heads.
    """

    def __init__(self, asked: Iterable[Ask]) -> None:
        wanted = list(asked)
        self._today = portal_clock.today()
        self._paths: dict[int, str] = dict(Unit.objects.values_list("pk", "path"))
        self._by_duty: dict[tuple[str, int], list[User]] = defaultdict(list)
        self._everybody: dict[int, User] = {}
        self._may_read: dict[tuple[int, tuple[object, ...]], bool] = {}
        self._read_postings({clock.unit_id for clock, _issue, _told in wanted if clock.unit_id})
        self._firms = self._representatives({issue.enterprise_id for _clock, issue, told in wanted if Told.FIRM in told})
        orders = [order for _clock, issue, _told in wanted for order in issue.orders.all()]
        self._add_handlers({order.handler_id for order in orders if order.handler_id})
        self._substitutes = self._read_substitutes()
        know_hats(self._everybody.values())
        know_roles(self._everybody.values())

    # --- reading ------------------------------------------------------------------------------------
    def _read_postings(self, unit_ids: set[int]) -> None:
        duties = list(DISTRICT.values())
        desks = Posting.objects.on(self._today).filter(duty=Duty.DESK).values_list("unit", flat=True)
        self.desk_units = frozenset(desks)
        reach = {pk for unit_id in unit_ids | self.desk_units for pk in self._above(unit_id)}
        of_units = Q(duty__in=[*OF_UNIT.values(), Duty.LEADER], unit__in=reach)
        rows = Posting.objects.on(self._today).filter(Q(duty__in=duties) | of_units).select_related("user").order_by("user")
        for posting in rows:
            self._add(posting.user)
            self._by_duty[posting.duty, posting.unit_id].append(self._everybody[posting.user_id])

    def _add(self, user: User) -> None:
        self._everybody.setdefault(user.pk, user)

    def _add_handlers(self, pks: Collection[int]) -> None:
        missing = set(pks) - set(self._everybody)
        for user in User.objects.filter(pk__in=missing) if missing else ():
            self._add(user)

    def _representatives(self, enterprise_ids: set[int]) -> Mapping[int, list[User]]:
        found: dict[int, list[User]] = defaultdict(list)
        rows = Representative.objects.open().filter(enterprise__in=enterprise_ids).select_related("user")
        for row in rows.order_by("user") if enterprise_ids else ():
            self._add(row.user)
            found[row.enterprise_id].append(self._everybody[row.user_id])
        return found

    def _read_substitutes(self) -> Mapping[int, list[User]]:
        found: dict[int, list[User]] = defaultdict(list)
        rows = Substitution.objects.on(self._today).filter(absent__in=list(self._everybody)).select_related("substitute")
        for row in rows.order_by("substitute"):
            self._add(row.substitute)
            found[row.absent_id].append(self._everybody[row.substitute_id])
        return found

    def _above(self, unit_id: int) -> list[int]:
        """The unit and those it belongs to."""
        path = self._paths[unit_id]
        return [pk for pk, each in self._paths.items() if path.startswith(each)]

    # --- answering ----------------------------------------------------------------------------------
    def audience(self, clock: Clock, issue: Issue, told: Collection[str]) -> Audience:
        """People in these roles and who stands in for them, less whoever may not read the issue today."""
        staff = self._with_substitutes(person for role in told for person in self._in_role(role, clock, issue))
        firm = self._firms.get(issue.enterprise_id, []) if Told.FIRM in told else []
        return Audience(
            self._readers(issue, staff),
            [user for user in firm if user.is_active and may_view(issue, user)],
            self._units(clock) if UNIT_ROLES & set(told) else frozenset(),
        )

    def _readers(self, issue: Issue, people: Collection[User]) -> list[User]:
        """Who of them may read it as staff; of issues that are alike to everybody's standing one is asked about."""
        alike = _signature(issue)
        for user in people:
            if (user.pk, alike) not in self._may_read:
                self._may_read[user.pk, alike] = user.is_active and is_staff_side(issue, user)
        return [user for user in people if self._may_read[user.pk, alike]]

    def _units(self, clock: Clock) -> frozenset[int]:
        return frozenset({clock.unit_id}) if clock.unit_id else self.desk_units

    def _with_substitutes(self, people: Iterable[User]) -> list[User]:
        found: dict[int, User] = {}
        for person in people:
            for user in (person, *self._substitutes.get(person.pk, ())):
                found.setdefault(user.pk, user)
        return list(found.values())

    def _in_role(self, role: str, clock: Clock, issue: Issue) -> list[User]:
        if role in DISTRICT:
            return [user for (duty, _unit), users in self._by_duty.items() if duty == DISTRICT[Told(role)] for user in users]
        if role == Told.LEADER:
            above = {pk for unit_id in self._units(clock) for pk in self._above(unit_id)}
            return self._holders(Duty.LEADER, above)
        if role == Told.HANDLER and clock.unit_id:
            return [self._everybody[order.handler_id] for order in issue.orders.all() if _is_handled_by(order, clock)]  # type: ignore[index]  # it has one
        if role in {Told.HANDLER, Told.LIAISON} and not clock.unit_id:
            return self._holders(Duty.DESK, self.desk_units)
        return self._holders(OF_UNIT[Told(role)], self._units(clock)) if role in OF_UNIT else []

    def _holders(self, duty: Duty, unit_ids: Iterable[int]) -> list[User]:
        return [user for unit_id in sorted(unit_ids) for user in self._by_duty.get((duty, unit_id), ())]


def _signature(issue: Issue) -> tuple[object, ...]:
    """All that a standing as staff is worked out from (permissions.standings)."""
    orders = tuple((o.unit_id, o.role, o.handler_id, o.is_live, o.round == issue.round) for o in issue.orders.all())
    named = frozenset(concern.official_id for concern in issue.concerns.all())
    called = frozenset(call.by_id for call in issue.callbacks.all())
    return issue.stage, issue.leader_id, orders, named, called


def _is_handled_by(order: Order, clock: Clock) -> bool:
    """Of a clock that ended, too: its order may be done, but not sent back."""
    return order.unit_id == clock.unit_id and order.is_live and order.handler_id is not None and order.round == clock.round

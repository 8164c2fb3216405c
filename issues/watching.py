"""What is yellow and red, at which rung, whose: for leaders, the inspection office, the desk, and each unit for its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.translation import get_language, gettext

from issues.enums import Timed
from issues.lights import BLUE, RED, YELLOW, time_left
from issues.models import SUBJECT, Issue, SupervisionOrder
from issues.queries import Asker, sent_to
from issues.rows import Row, rows_of
from issues.workflow import ISSUE_FLOW
from liaison.accounts.rights import Right
from liaison.clocks.enums import StepState
from liaison.clocks.kinds import kind_of
from liaison.clocks.models import Clock, Step

EVERYWHERE: Final = (Right.OVERSEE_ISSUES, Right.TRIAGE_ISSUES)
WATCHERS: Final = (*EVERYWHERE, Right.LEAD_UNITS, Right.SIGN_OFF, Right.ACCEPT_ORDERS)
WORST_FIRST: Final = (RED, YELLOW, BLUE)
NOBODY: Final = "-"
"In the address: clocks that run for no unit."
WITH_FIRM: Final = frozenset({Timed.EVALUATE})
WITH_CALLERS: Final = frozenset({Timed.CALL_BACK})
NEWEST: Final = "-reached_at"
Clocks = QuerySet[Clock]


def watched_by(asker: Asker) -> Clocks:
    """Running clocks past their warning, or on a rung, of issues that the person may read; of a unit's people its own."""
    running = Clock.objects.running().filter(subject_kind=SUBJECT, paused_at=None)
    rows = running.filter(Q(level__gte=1) | Q(warn_at__lte=asker.now) | Q(due_at__lt=asker.now))
    if not asker.may_any(*EVERYWHERE) and not asker.hats.everywhere(Right.LEAD_UNITS):
        rows = rows.filter(unit__in=asker.units(Right.LEAD_UNITS, Right.SIGN_OFF, Right.ACCEPT_ORDERS))
    return rows.filter(subject_id__in=sent_to(asker).order_by().values("pk"))


def lit_clocks(colour: str, now: datetime) -> Q:
    """Watched clocks whose light has this colour."""
    late, near = Q(due_at__lt=now), Q(warn_at__lte=now)
    return {RED: late, YELLOW: ~late & near, BLUE: ~late & (Q(warn_at=None) | Q(warn_at__gt=now))}[colour]


def colour_of(clock: Clock, now: datetime) -> str:
    """The same rule for one clock."""
    if clock.due_at < now:
        return RED
    return YELLOW if clock.warn_at is not None and clock.warn_at <= now else BLUE


def newest_first(rows: Clocks) -> Clocks:
    """With the moment at which the last rung was reached; where none was, when the light changed."""
    fired = Step.objects.filter(clock=OuterRef("pk"), cycle=OuterRef("cycle"), state=StepState.FIRED).order_by()
    last = fired.values("clock").annotate(last=Max("settled_at")).values("last")
    return rows.annotate(reached_at=Coalesce(Subquery(last), Least("warn_at", "due_at"), F("started_at")))


# --- in five seconds ------------------------------------------------------------------------------
@dataclass(frozen=True)
class UnitCount:
    """How much of one unit's is late, nearly so, or was noticed."""

    code: str
    name: str
    red: int
    yellow: int
    blue: int

    @property
    def late_or_near(self) -> int:
        """Red and yellow: where the blue part of the bar begins."""
        return self.red + self.yellow

    @property
    def total(self) -> int:
        """The whole bar."""
        return self.late_or_near + self.blue


def counts_by_unit(rows: Clocks, now: datetime) -> list[UnitCount]:
    """One question: by unit, how many of each light; the worst first."""
    lights = {colour: Count("pk", filter=lit_clocks(colour, now)) for colour in WORST_FIRST}
    units = rows.order_by().values_list("unit__code", "unit__name", "unit__name_en").annotate(**lights)
    return [_unit_count(*row) for row in units.order_by(*(f"-{colour}" for colour in WORST_FIRST), "unit__code")]


def _unit_count(code: str | None, name: str, name_en: str, *counts: int) -> UnitCount:
    if code is None:
        return UnitCount(NOBODY, gettext("Desk, callers, enterprises"), *counts)
    return UnitCount(code, name_en if get_language() == "en" else name, *counts)


# --- the list -------------------------------------------------------------------------------------
def whose(clock: Clock) -> str:
    """Who must move where it is no unit."""
    if clock.kind in WITH_FIRM:
        return gettext("Enterprise")
    return gettext("Callers") if clock.kind in WITH_CALLERS else gettext("Desk")


@dataclass(frozen=True)
class Watched:
    """One clock of the board, as its reader may know it."""

    clock: Clock
    row: Row
    light: str
    time: str
    "Left or late, in words."
    order: SupervisionOrder | None
    may_direct: bool

    @property
    def kind(self) -> str:
        """What is timed."""
        return str(kind_of(self.clock.kind).label)

    @property
    def whose(self) -> str:
        """The unit; of clocks without one, who it is that must move."""
        return str(self.clock.unit) if self.clock.unit is not None else whose(self.clock)

    @property
    def directive_url(self) -> str:
        """Where a leader writes a directive; nothing for others."""
        return f"{self.row.url}direct-line/" if self.may_direct else ""


def watched(clocks: Iterable[Clock], asker: Asker) -> list[Watched]:
    """The lines of a page; what they need of other tables is read for all of them at once."""
    found = list(clocks)
    issues = list(Issue.objects.filter(pk__in={clock.subject_id for clock in found}).for_list())
    rows = {row.issue.pk: row for row in rows_of(issues, asker)}
    orders = _orders_of(issues)
    return [
        Watched(
            clock,
            rows[clock.subject_id],
            colour_of(clock, asker.now),
            time_left(clock.due_at, asker.now),
            orders.get(clock.subject_id),
            may_direct=_may_direct(rows[clock.subject_id].issue, asker),
        )
        for clock in found
    ]


def _may_direct(issue: Issue, asker: Asker) -> bool:
    step = ISSUE_FLOW["direct-line"]
    return issue.stage in step.sources and step.who(issue, asker.user)


def _orders_of(issues: Sequence[Issue]) -> Mapping[int, SupervisionOrder]:
    """The last supervision order of each issue."""
    orders = SupervisionOrder.objects.filter(issue__in=issues).order_by("pk")
    return {order.issue_id: order for order in orders}

"""Which supervision orders and summonses a person works by, and what a line of their lists shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext

from issues.enums import SUPERVISION_OWED, SummonsStage, SupervisionStage
from issues.inspection import MEMBERS
from issues.lights import light_until, time_left
from issues.models import Summons, SupervisionOrder
from issues.models.supervision import SummonsQuerySet, SupervisionOrderQuerySet
from issues.queries import READS, READS_ALL, Asker
from issues.rows import standings_of
from issues.story import Reader
from liaison.accounts.rights import Right


def reads_orders(asker: Asker) -> bool:
    """Whether supervision is any of this person's business; never a firm's."""
    return asker.may_any(*READS)


def orders_of(asker: Asker) -> SupervisionOrderQuerySet:
    """The orders that the person may read; members and leaders of units come to those of their units."""
    return SupervisionOrder.objects.visible_to(asker.user).filter(_ours(asker))


def summonses_of(asker: Asker) -> SummonsQuerySet:
    """The same of summonses."""
    return Summons.objects.visible_to(asker.user).filter(_ours(asker))


def _ours(asker: Asker) -> Q:
    beyond_units = asker.may_any(*READS_ALL, Right.CALL_BACK, Right.DIRECT)
    return Q() if beyond_units else Q(unit__in=asker.units(Right.READ_ORDERS))


def owed_by(units: frozenset[int]) -> Q:
    """What these units have to answer."""
    return Q(stage__in=sorted(SUPERVISION_OWED), unit__in=units)


def owed_by_us(asker: Asker) -> Q:
    """What the person's own units have to answer."""
    return owed_by(asker.units(*MEMBERS))


def late(now: datetime) -> Q:
    """Owed, and the time is over."""
    return Q(stage__in=sorted(SUPERVISION_OWED), due_at__lt=now)


TONES: dict[str, str] = {
    SupervisionStage.OPEN: "progress",
    SupervisionStage.ANSWERED: "info",
    SupervisionStage.RETURNED: "warning",
    SupervisionStage.CLOSED: "success",
    SummonsStage.CALLED: "progress",
    SummonsStage.RECORDED: "success",
}


@dataclass(frozen=True)
class Line:
    """One order or summons, as its reader may know it."""

    thing: Any
    title: str
    number: str
    state: tuple[str, str]
    light: str
    remaining: str

    @property
    def url(self) -> str:
        """Its page."""
        address: str = self.thing.get_absolute_url()
        return address

    @property
    def unit(self) -> str:
        """Whose it is."""
        return str(self.thing.unit or gettext("No unit yet"))


def lines_of(things: Iterable[SupervisionOrder | Summons], asker: Asker) -> list[Line]:
    """The lines of a page; what they need of other tables is read for all of them at once."""
    found = list(things)
    prefetch_related_objects([thing.issue for thing in found], *standings_of(asker))
    return [line_of(thing, asker) for thing in found]


def line_of(thing: SupervisionOrder | Summons, asker: Asker) -> Line:
    """One line."""
    waits = thing.stage in SUPERVISION_OWED or thing.stage == SummonsStage.CALLED
    return Line(
        thing=thing,
        title=Reader(thing.issue, asker.user).masked(thing.issue.title),
        number=str(thing) if isinstance(thing, SupervisionOrder) else str(thing.issue.number),
        state=(str(thing.get_stage_display()), TONES[thing.stage]),
        light=light_until(thing.due_at, asker.now) if waits else "",
        remaining=time_left(thing.due_at, asker.now) if waits else "",
    )

"""What a rung does besides telling: urging notes are drafted; supervision orders and summonses are opened."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from issues.actions.summons import Called, call_summonses, usual_day
from issues.actions.supervision import Opened, open_supervision_orders, usual_due
from issues.models import Issue, Urging
from liaison.accounts.models import Duty, Unit
from liaison.accounts.queries import unit_ids_of
from liaison.clocks.enums import Act
from liaison.clocks.kinds import Firing, kind_of
from liaison.clocks.models import Clock
from liaison.ui.moments import words_of
from liaison.workflow import Words

Fired = tuple[Firing, Issue]


def do_acts(fired: Sequence[Fired], now: datetime) -> None:
    """All acts of a batch, kind by kind."""
    for act, do in ACTS.items():
        wanted = [(firing, issue) for firing, issue in fired if act in firing.step.rung.acts]
        if wanted:
            do(wanted, now)


def draft_urgings(fired: Sequence[Fired], now: datetime) -> None:
    """A draft for each unit that is late; the desk does not urge itself."""
    drafts = [
        Urging(
            issue=issue,
            unit_id=clock.unit_id,
            clock_id=clock.pk,
            step_id=firing.step.pk,
            text=_text(_URGED, clock, issue),
            drafted_at=now,
        )
        for firing, issue in fired
        if (clock := firing.clock).unit_id is not None
    ]
    Urging.objects.bulk_create(drafts, ignore_conflicts=True)


def open_orders(fired: Sequence[Fired], now: datetime) -> None:
    """A numbered supervision order for each; what is the desk's own goes to its unit."""
    due_at = usual_due(now)
    items = [
        Opened(issue, unit, _text(_SUPERVISED, firing.clock, issue), due_at, clock_id=firing.clock.pk, level=firing.step.level)
        for firing, issue, unit in _with_units(fired)
    ]
    open_supervision_orders(items, now=now)


def call_heads(fired: Sequence[Fired], now: datetime) -> None:
    """A summons for each, to be held."""
    due_at = usual_day(now)
    items = [
        Called(
            issue, unit, _text(_reason(firing), firing.clock, issue), due_at, clock_id=firing.clock.pk, level=firing.step.level
        )
        for firing, issue, unit in _with_units(fired)
    ]
    call_summonses(items, now=now)


_URGED: Final = _("%(number)s: the limit for “%(clock)s” ended on %(due)s. Please deal with it and say what stands in the way.")
_SUPERVISED: Final = _("The limit for “%(clock)s” ended on %(due)s. Deal with it without delay and report what was done.")
_LATE: Final = _("The limit for “%(clock)s” ended on %(due)s, and in spite of supervision nothing has come of it.")
_FOUND: Final = _("The firm was dissatisfied for the third time, or what was answered as solved is not.")


def _reason(firing: Firing) -> Words:
    return _FOUND if firing.step.forced else _LATE


def _text(words: Words, clock: Clock, issue: Issue) -> str:
    """In the portal's first language: it is a document."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words) % {"number": issue.number, "clock": kind_of(clock.kind).label, "due": words_of(clock.due_at)}


def _with_units(fired: Sequence[Fired]) -> Iterator[tuple[Firing, Issue, Unit]]:
    """Whose head has to answer for it."""
    desk = Unit.objects.filter(pk__in=unit_ids_of([Duty.DESK])).first()
    units = Unit.objects.in_bulk({firing.clock.unit_id for firing, _issue in fired if firing.clock.unit_id})
    for firing, issue in fired:
        unit = units[firing.clock.unit_id] if firing.clock.unit_id else desk
        if unit is not None:
            yield firing, issue, unit


ACTS: Final[Mapping[str, Callable[[Sequence[Fired], datetime], None]]] = {
    Act.URGE: draft_urgings,
    Act.SUPERVISION_ORDER: open_orders,
    Act.SUMMON: call_heads,
}
"Who is named in the weekly bulletin is asked of the steps: those of rungs that say so."

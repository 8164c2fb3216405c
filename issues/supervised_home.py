"""Supervision orders and summonses on the start page: what waits for the inspection office, for leaders, for units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issues.enums import SUPERVISION_OWED, SummonsStage, SupervisionStage
from issues.inspection import MEMBERS
from issues.queries import Asker
from issues.supervised import Line, lines_of, orders_of, owed_by_us, summonses_of
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.moments import clock
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link
from liaison.ui.paging import counts_up_to
from liaison.workflow import Words

SHOWN = 5
BEFORE_ISSUES, AFTER_ISSUES = 9, 30
OWED = Q(stage__in=sorted(SUPERVISION_OWED))


@dataclass(frozen=True)
class _List:
    """What one card holds, most urgent first."""

    title: Words
    rows: Any
    url: str
    empty: Words = ""
    "With these words the card stays when it is empty."
    icon: str = "clipboard-check"
    tone: str = "now"
    order: int = BEFORE_ISSUES


def cards(user: User) -> Iterable[Card]:
    """One card for each list that has something today; the inspection office's stay."""
    asker = Asker(user, clock.now())
    lists = list(_lists(asker))
    counts = counts_up_to({str(place): each.rows for place, each in enumerate(lists)}) if lists else {}
    found = [(each, counts[str(place)]) for place, each in enumerate(lists)]
    return [_card(each, count, asker) for each, count in found if count or each.empty]


def _lists(asker: Asker) -> Iterator[_List]:
    url, talks = reverse("inspection:orders"), reverse("inspection:summonses")
    if asker.may_any(Right.SUPERVISE):
        mine = orders_of(asker)
        yield _List(_("Supervision orders open"), mine.filter(OWED), url, _("Every unit has answered."))
        answered = mine.filter(stage=SupervisionStage.ANSWERED)
        yield _List(_("Answered, waiting for closing"), answered, f"{url}?state=answered", _("No answer waits for you."))
    elif asker.may_any(Right.LEAD_UNITS):
        led = Q() if asker.hats.everywhere(Right.LEAD_UNITS) else Q(unit__in=asker.units(Right.LEAD_UNITS))
        title = _("Supervision orders of my units")
        yield _List(title, orders_of(asker).filter(OWED, led), url, tone="warning", order=AFTER_ISSUES)
    elif asker.may_any(*MEMBERS):
        yield _List(_("Supervision orders to answer"), orders_of(asker).filter(owed_by_us(asker)), url)
    if asker.may_any(Right.SUPERVISE, Right.LEAD_UNITS):
        called = summonses_of(asker).filter(stage=SummonsStage.CALLED)
        yield _List(_("Summonses to be held"), called, talks, icon="people", tone="warning", order=AFTER_ISSUES)


def _card(each: _List, count: int, asker: Asker) -> Card:
    first = lines_of(each.rows.for_list().order_by("due_at", "pk")[:SHOWN], asker) if count else []
    return Card(
        title=each.title,
        entries=[_entry(line) for line in first],
        count=count,
        url=each.url,
        link=_("Open the list"),
        empty=each.empty,
        icon=each.icon,
        tone=each.tone if count else "",
        order=each.order,
    )


def _entry(line: Line) -> Entry:
    return Entry(
        title=line.title,
        url=line.url,
        note=f"{line.unit} · {line.number}",
        at=line.thing.due_at,
        light=line.light,
        remaining=line.remaining,
    )


def _concerned(_user: User, hats: Hats) -> bool:
    return any(map(hats.may, (Right.SUPERVISE, Right.OVERSEE_ISSUES, Right.LEAD_UNITS, *MEMBERS)))


LINKS = (Link(_("Supervision orders"), "inspection:orders", "clipboard-check", order=11, shown=_concerned),)

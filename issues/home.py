"""What waits for whom on the start page, and the pages of issues in the navigation."""

from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.permissions import roles_of
from issues.lights import BLUE
from issues.models import Issue, IssueQuerySet
from issues.queries import READS, Asker, reads_issues, sent_to
from issues.rows import DIRECTIVE, Row, rows_of
from issues.watching import WATCHERS, Watched, lit_clocks, newest_first, watched, watched_by
from issues.worklists import WorkList, worklists
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right
from liaison.moments import clock
from liaison.ui.home import Card, Entry
from liaison.ui.navigation import Link, Place
from liaison.ui.paging import count_up_to, counts_up_to

SHOWN = 5
BOARD_SHOWN = 3
FIRST = 10
"Where the cards of issues begin among all cards."


def cards(user: User) -> Iterable[Card]:
    """One card for each list that asks for work today, in the order of the person's lists."""
    asker = Asker(user, clock.now())
    if not reads_issues(asker):
        return []
    lists = [each for each in worklists(asker) if each.icon]
    sent = sent_to(asker)
    rows = {each.key: each.rows(asker, sent) for each in lists}
    counts = counts_up_to(rows)
    shown = [each for each in lists if counts[each.key] or each.kept]
    cards = [_card(place, each, rows[each.key], counts[each.key], asker) for place, each in enumerate(shown)]
    return [*_board(asker), *cards]


def _board(asker: Asker) -> Iterable[Card]:
    """For leaders and the inspection office, before all else: what is late and whose it is."""
    if not asker.may_any(Right.OVERSEE_ISSUES, Right.LEAD_UNITS):
        return []
    rows = watched_by(asker).filter(~lit_clocks(BLUE, asker.now))
    count = count_up_to(rows)
    first = newest_first(rows.select_related("unit")).order_by(F("reached_at").desc(), "-pk")[:BOARD_SHOWN] if count else []
    return [
        Card(
            title=_("Yellow and red, by rung"),
            entries=[_watched_entry(each) for each in watched(first, asker)],
            count=count,
            url=reverse("issues:watch"),
            link=_("Open the watch board"),
            empty=_("Nothing is late, and nothing is nearly so."),
            icon="speedometer2",
            tone="danger" if count else "",
            order=FIRST - 1,
        )
    ]


def _watched_entry(each: Watched) -> Entry:
    note = " · ".join([each.row.issue.number or "", each.kind, each.whose])
    return Entry(each.row.title, each.row.url, note, at=each.clock.due_at, light=each.light, remaining=each.time)


def _card(place: int, each: WorkList, rows: IssueQuerySet, count: int, asker: Asker) -> Card:
    sign, column = ("-", each.by[1:]) if each.by.startswith("-") else ("", each.by)
    first: list[Issue] = list(rows.for_list().order_by(f"{sign}{column}", f"{sign}pk")[:SHOWN]) if count else []
    return Card(
        title=each.label,
        entries=[_entry(row, asker) for row in rows_of(first, asker)],
        count=count,
        url=each.url,
        link=_("Open the list"),
        empty=each.empty,
        icon=each.icon,
        tone=each.tone if count else "",
        order=FIRST + place,
    )


def _entry(row: Row, asker: Asker) -> Entry:
    parts = [row.issue.number or "", row.firm if asker.hats.is_staff else str(row.issue.get_stage_display())]
    return Entry(
        title=row.title,
        url=row.url,
        note=" · ".join(filter(None, parts)),
        at=row.due_at or row.sent_at,
        light=row.light,
        remaining=row.remaining,
        act_url=row.directive_url,
        act=DIRECTIVE.label,
    )


def _reads(user: User, hats: Hats) -> bool:
    return any(map(hats.may, READS)) or bool(roles_of(user))


def _watches(_user: User, hats: Hats) -> bool:
    return any(map(hats.may, WATCHERS))


LINKS = (
    Link(_("Issues"), "issues:list", "chat-left-text", order=10, shown=_reads),
    Link(_("Watch board"), "issues:watch", "speedometer2", order=11, shown=_watches),
    Link(_("Raise an issue"), "issues:new", "pencil-square", order=12, shown=lambda user, _hats: bool(roles_of(user))),
    Link(_("Raise an issue"), "issues:new", "pencil-square", place=Place.START, shown=lambda user, _hats: bool(roles_of(user))),
    Link(_("Categories"), "issues:categories", "tags", order=40, shown=lambda _user, hats: hats.may(Right.MANAGE_REFERENCE)),
)

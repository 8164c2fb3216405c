"""What one line of a list shows to one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext

from issues.enums import OrderRole, Urgency
from issues.lights import light_of, remaining
from issues.models import Issue, Order
from issues.queries import Asker
from issues.story import Reader
from issues.workflow import ISSUE_FLOW
from liaison.accounts.rights import Right
from liaison.ui.moments import words_of

DIRECTIVE = ISSUE_FLOW["direct-line"]
DIRECTING = (Right.LEAD_UNITS, Right.DIRECT)
"Rights that let one write directives at all."


def standings_of(asker: Asker) -> list[Prefetch[Any] | str]:
    """What has to be read of other tables to say who may know the firm; calls matter to callers alone."""
    orders = Prefetch("orders", Order.objects.select_related("handler"))
    return [orders, "concerns", *(["callbacks"] if asker.may_any(Right.CALL_BACK) else [])]


@dataclass(frozen=True)
class Row:
    """One issue in a list, as its reader may know it."""

    issue: Issue
    title: str
    firm: str
    light: str
    remaining: str
    part: str
    "What the reader's unit has to do with it, and who handles it there."
    may_direct: bool = False
    "Whether the reader may write a directive on it at once."

    @property
    def url(self) -> str:
        """The issue's page."""
        return self.issue.get_absolute_url()

    @property
    def directive_url(self) -> str:
        """Where the directive is written; nothing for those who write none."""
        return f"{self.url}{DIRECTIVE.address}/" if self.may_direct else ""

    @property
    def unit(self) -> str:
        """Who leads."""
        return str(self.issue.lead_unit or "–")

    @property
    def due_at(self) -> datetime | None:
        """When the answer is due, where one is running."""
        return self.issue.due_at if self.light else None

    @property
    def sent_at(self) -> datetime:
        """When it was sent; of a draft, when it was begun."""
        return self.issue.submitted_at or self.issue.created_at

    @property
    def about(self) -> str:
        """Number, category, round."""
        later = gettext("Round %(round)s") % {"round": self.issue.round} if self.issue.round > 1 else ""
        return " · ".join(filter(None, [self.issue.number, str(self.issue.category or ""), later]))

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What makes it special."""
        urgent = [(gettext("Urgent"), "danger")] if self.issue.urgency == Urgency.URGENT else []
        return urgent + ([(gettext("Sensitive"), "neutral")] if self.issue.sensitive else [])

    @property
    def standing(self) -> str:
        """Why no time is running, where there is something to say."""
        if self.issue.suspended_until and self.issue.is_open:
            return gettext("stands still until %(day)s") % {"day": words_of(self.issue.suspended_until, "list")}
        if self.issue.recheck_on:
            return gettext("look again on %(day)s") % {"day": words_of(self.issue.recheck_on, "list")}
        return ""


def rows_of(issues: Iterable[Issue], asker: Asker) -> list[Row]:
    """The lines of a page; what they need of other tables is read for all of them at once."""
    found = list(issues)
    prefetch_related_objects(found, *standings_of(asker))
    units = asker.units(Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)
    return [_row(issue, asker, units) for issue in found]


def _row(issue: Issue, asker: Asker, units: frozenset[int]) -> Row:
    reader = Reader(issue, asker.user) if issue.sensitive else None
    light = light_of(issue, asker.now)
    return Row(
        issue=issue,
        title=(reader.masked(issue.title) if reader else issue.title) or gettext("Draft without a title"),
        firm=reader.firm_name if reader else issue.enterprise.name,
        light=light,
        remaining=remaining(issue, asker.now) if light else "",
        part=_part(issue, units),
        may_direct=asker.may_any(*DIRECTING) and issue.stage in DIRECTIVE.sources and DIRECTIVE.who(issue, asker.user),
    )


def _part(issue: Issue, units: frozenset[int]) -> str:
    """Our role in this round, and our handler."""
    ours = [order for order in issue.orders.all() if order.unit_id in units and order.round == issue.round and order.is_live]
    return " · ".join(filter(None, [str(OrderRole(ours[-1].role).label), str(ours[-1].handler or "")])) if ours else ""

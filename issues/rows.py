"""What one line of a list shows to one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from issues.enums import OrderRole, OrderState
from issues.lights import light_of, remaining
from issues.models import Issue
from issues.queries import Asker
from issues.story import Reader
from liaison.accounts.rights import Right

STANDINGS = ("orders__handler", "concerns", "callbacks")
"What has to be known of an issue to say who may know the firm."


@dataclass(frozen=True)
class Row:
    """One issue in a list, as its reader may know it."""

    issue: Issue
    title: str
    firm: str
    light: str
    remaining: str
    part: str
    "What the reader's unit has to do with it."
    handler: str

    @property
    def due_at(self) -> datetime | None:
        """When the answer is due, where one is running."""
        return self.issue.due_at if self.light else None

    @property
    def sent_at(self) -> datetime:
        """When it was sent; of a draft, when it was begun."""
        return self.issue.submitted_at or self.issue.created_at


def rows_of(issues: Iterable[Issue], asker: Asker) -> list[Row]:
    """The lines of a page; what they need of other tables is read for all of them at once."""
    found = list(issues)
    prefetch_related_objects(found, *STANDINGS)
    units = asker.units(Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)
    return [_row(issue, asker, units) for issue in found]


def _row(issue: Issue, asker: Asker, units: frozenset[int]) -> Row:
    reader = Reader(issue, asker.user)
    light = light_of(issue, asker.now)
    ours = [order for order in issue.orders.all() if order.unit_id in units and order.round == issue.round and order.is_live]
    order = ours[-1] if ours else None
    return Row(
        issue=issue,
        title=reader.masked(issue.title),
        firm=reader.firm_name,
        light=light,
        remaining=remaining(issue, asker.now) if light else "",
        part=str(OrderRole(order.role).label) if order else "",
        handler=str(order.handler) if order and order.handler and order.state != OrderState.ISSUED else "",
    )

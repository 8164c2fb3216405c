"""Due moments as lists and orders keep them: copies of clocks, written for many at once."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db import connection

from issues.enums import Timed
from liaison.clocks.models import Clock

ISSUES: Final = """
UPDATE issues_issue SET due_at = new.due_at, warn_at = new.warn_at
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS new (issue_id, part, due_at, warn_at)
WHERE issues_issue.id = new.issue_id
  AND (issues_issue.due_at, issues_issue.warn_at) IS DISTINCT FROM (new.due_at, new.warn_at)
"""
LEAD_ORDERS: Final = """
UPDATE issues_order SET due_at = new.due_at
FROM issues_issue,
  unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS new (issue_id, part, due_at, warn_at)
WHERE issues_issue.id = new.issue_id AND issues_order.issue_id = issues_issue.id AND issues_order.round = issues_issue.round
  AND issues_order.role = 'lead' AND issues_order.state IN ('issued', 'accepted', 'done') AND issues_order.due_at <> new.due_at
"""
CO_ORDERS: Final = """
UPDATE issues_order SET due_at = new.due_at
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS new (issue_id, part, due_at, warn_at)
WHERE issues_order.id = new.part AND issues_order.due_at <> new.due_at
"""


def copy_due(clocks: Sequence[Clock]) -> None:
    """The answer's or the next report's date to its issue, the answer's to the lead order, an opinion's to its order."""
    _copy(ISSUES, clocks, {Timed.ANSWER, Timed.REPORT})
    _copy(LEAD_ORDERS, clocks, {Timed.ANSWER})
    _copy(CO_ORDERS, clocks, {Timed.OPINION})


def _copy(statement: str, clocks: Sequence[Clock], kinds: Collection[str]) -> None:
    running = [clock for clock in clocks if clock.is_running and clock.kind in kinds]
    if running:
        columns = zip(*((each.subject_id, each.part, each.due_at, each.warn_at) for each in running), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in columns])

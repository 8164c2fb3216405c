"""What the inspection office does in the scripts: acts on the newest supervision order or summons of an issue."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from issues.actions.summons import record_summons, summon_unit
from issues.actions.supervision import (
    answer_supervision_order,
    close_supervision_order,
    return_supervision_answer,
    supervise_issue,
)
from issues.models import Issue
from liaison.accounts.models import User


def answer(issue: Issue, *, by: User, now: datetime, text: str) -> None:
    """The unit reports."""
    answer_supervision_order(issue.supervision_orders.latest("pk"), by=by, now=now, text=text)


def send_back(issue: Issue, *, by: User, now: datetime, reason: str) -> None:
    """The answer is not enough."""
    return_supervision_answer(issue.supervision_orders.latest("pk"), by=by, now=now, reason=reason)


def close(issue: Issue, *, by: User, now: datetime, note: str) -> None:
    """What was asked is done."""
    close_supervision_order(issue.supervision_orders.latest("pk"), by=by, now=now, note=note)


def record(  # noqa: PLR0913 - what a record consists of
    issue: Issue, *, by: User, now: datetime, held_on: date, attendants: str, said: str, measures: str
) -> None:
    """The talk was held."""
    summons = issue.summonses.latest("pk")
    record_summons(summons, by=by, now=now, held_on=held_on, attendants=attendants, said=said, measures=measures)


INSPECTION: Final[dict[str, Callable[..., Any]]] = {
    "supervise": supervise_issue,
    "supervision-answer": answer,
    "supervision-return": send_back,
    "supervision-close": close,
    "summon": summon_unit,
    "summons-record": record,
}

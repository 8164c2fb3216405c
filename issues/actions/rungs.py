"""What the ladder opens by the hundred: issues locked in one order, rungs that fired before left out, events in one query."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Model

from issues.actions.step import hat_for
from issues.models import Issue, IssueEvent, Summons, SupervisionOrder


class Fired(Protocol):
    """Something that a rung may have opened."""

    @property
    def clock_id(self) -> int | None:
        """The clock."""

    @property
    def level(self) -> int | None:
        """The rung."""


F = TypeVar("F", bound=Fired)


def locked(issues: Iterable[Issue]) -> dict[int, Issue]:
    """The issues as they are now, held until the transaction ends; always in the same order, so that two of us cannot block."""
    rows = Issue.objects.select_for_update(no_key=True, of=("self",)).select_related("enterprise", "lead_unit", "leader")
    rows = rows.filter(pk__in={issue.pk for issue in issues}).prefetch_related("concerns", "orders__handler", "callbacks")
    return {issue.pk: issue for issue in rows.order_by("pk")}


def not_fired(model: type[Model], wanted: Sequence[F]) -> list[F]:
    """Those whose rung has opened nothing yet; each rung once. What no rung opens is always left in."""
    clocks = {each.clock_id for each in wanted if each.clock_id is not None}
    fired = set(model._default_manager.filter(clock_id__in=clocks).values_list("clock_id", "level")) if clocks else set()  # noqa: SLF001
    left: dict[Any, F] = {}
    for number, each in enumerate(wanted):
        place = (each.clock_id, each.level)
        if each.clock_id is None or place not in fired:
            left.setdefault(place if each.clock_id is not None else number, each)
    return list(left.values())


def events_of(kind: str, opened: Sequence[SupervisionOrder | Summons], now: datetime) -> list[IssueEvent]:
    """One internal event for each, by whoever opened it."""
    return IssueEvent.objects.bulk_create(_event(kind, each, now) for each in opened)


def _event(kind: str, opened: SupervisionOrder | Summons, now: datetime) -> IssueEvent:
    if isinstance(opened, SupervisionOrder):
        by, text, detail = opened.opened_by, _words(opened), {"order": opened.pk}
    else:
        by, text, detail = opened.called_by, opened.reason, {"summons": opened.pk}
    issue = opened.issue
    hat = hat_for(issue, by) if by else None
    return IssueEvent(
        issue=issue, kind=kind, actor=by, unit_id=hat.unit_id if hat else None, duty=hat.duty if hat else "", at=now,
        round=issue.round, internal=True, stage_from=issue.stage, stage_to=issue.stage, text=text, detail=detail,
    )  # fmt: skip


def _words(order: SupervisionOrder) -> str:
    """The number and what is asked; a directive's words stand in its own event."""
    return str(order) if order.directive_id else f"{order}\n{order.text}"

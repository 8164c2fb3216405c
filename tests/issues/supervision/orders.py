"""Supervision orders of the small district, walked to any state by the real acts."""

from datetime import timedelta
from typing import Any

from issues.actions.supervision import SUPERVISION_ACTIONS, supervise_issue
from issues.models import Issue, SupervisionOrder
from tests.factories.issues import MONDAY, District, submitted, walk

THURSDAY = (MONDAY + timedelta(days=3)).date()
HANDED_ON = ("admit", "dispatch-alone", "accept")
USUAL: dict[str, tuple[str, dict[str, Any]]] = {
    "answer": ("tax.head", {"text": "已于9月8日上门办结。"}),
    "return": ("inspect1", {"reason": "请附企业的确认。"}),
    "close": ("inspect1", {"note": "情况属实,销号。"}),
}
PATHS = {"open": [], "answered": ["answer"], "returned": ["answer", "return"], "closed": ["answer", "close"]}


def running(district: District, **changes: Any) -> Issue:
    """An issue in the hands of the tax bureau."""
    return walk(district, submitted(district, **changes), *HANDED_ON)


def opened(district: District, issue: Issue | None = None, **changes: Any) -> SupervisionOrder:
    """An order that the inspector opened by hand."""
    values = {"text": "请在三个工作日内报告办理情况。", "until": THURSDAY, **changes}
    order = supervise_issue(issue or running(district), by=district["inspect1"], now=MONDAY, **values)
    return fresh(order)


def act(district: District, order: SupervisionOrder, name: str, by: str = "", now=MONDAY, **changes: Any) -> SupervisionOrder:
    """One act, by whom it is usually done."""
    usual, values = USUAL[name]
    SUPERVISION_ACTIONS[name](fresh(order), by=district[by or usual], now=now, **{**values, **changes})
    return fresh(order)


def at(district: District, stage: str, issue: Issue | None = None) -> SupervisionOrder:
    """An order in the state asked for."""
    order = opened(district, issue)
    for name in PATHS[stage]:
        order = act(district, order, name)
    return order


def fresh(order: SupervisionOrder) -> SupervisionOrder:
    return SupervisionOrder.objects.select_related("issue").get(pk=order.pk)

"""What the inspection office watches over: who may do what with supervision orders and summonses, as tables of steps."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.enums import OPEN, SUPERVISION_OWED, SummonsStage, SupervisionStage
from issues.models import Issue, Summons, SupervisionOrder
from issues.permissions import Standing, is_staff_side, standings
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right, hats_of
from liaison.workflow import Flow, Step, Words

MEMBERS = (Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)
"Rights of those who answer for a unit."
LEADERS = frozenset({Standing.LEADER, Standing.ADDRESSEE})


def supervises(issue: Issue, user: User) -> bool:
    """An inspector whom nothing in the issue concerns."""
    return hats_of(user).may(Right.SUPERVISE) and is_staff_side(issue, user)


def may_summon(issue: Issue, user: User) -> bool:
    """An inspector, the leader in charge, a main leader."""
    return supervises(issue, user) or bool(standings(issue, user) & LEADERS)


def is_member(hats: Hats, unit_id: int | None) -> bool:
    """Whether somebody works in the unit: liaison, handler, head or deputy."""
    return unit_id is not None and any(unit_id in hats.units(right) for right in MEMBERS)


def answers(order: SupervisionOrder, user: User) -> bool:
    """Somebody of the unit supervised who may read the issue."""
    return is_member(hats_of(user), order.unit_id) and is_staff_side(order.issue, user)


def judges(order: SupervisionOrder, user: User) -> bool:
    """An inspector who neither wrote the answer nor belongs to the unit."""
    hats = hats_of(user)
    concerned = order.answered_by_id in hats.owner_ids or is_member(hats, order.unit_id)
    return supervises(order.issue, user) and not concerned


def cannot_close(order: SupervisionOrder, _now: datetime) -> Words | None:
    """Without an answer only what has lost its object."""
    waits = order.stage in SUPERVISION_OWED and order.issue.is_open
    return _("The unit has not answered, and the issue is still open.") if waits else None


def records(summons: Summons, user: User) -> bool:
    """Whoever may call one."""
    return may_summon(summons.issue, user)


def no_unit(issue: Issue, _now: datetime) -> Words | None:
    """Only a unit can be supervised."""
    return None if issue.lead_unit_id else _("No unit has it yet.")


BY_HAND: Flow[Issue] = Flow(
    Step("supervise", OPEN, (), supervises, pgettext_lazy("step", "Open a supervision order"), unless=no_unit),
    Step("summon", OPEN, (), may_summon, pgettext_lazy("step", "Summon the unit's head"), unless=no_unit),
)
"What is begun at the issue."
SUPERVISION_FLOW: Flow[SupervisionOrder] = Flow(
    Step("answer", SUPERVISION_OWED, (SupervisionStage.ANSWERED,), answers, pgettext_lazy("supervision order", "Answer")),
    Step(
        "close",
        frozenset({SupervisionStage.ANSWERED}) | SUPERVISION_OWED,
        (SupervisionStage.CLOSED,),
        judges,
        pgettext_lazy("supervision order", "Close"),
        unless=cannot_close,
    ),
    Step(
        "return",
        frozenset({SupervisionStage.ANSWERED}),
        (SupervisionStage.RETURNED,),
        judges,
        pgettext_lazy("supervision order", "Return the answer"),
    ),
)
SUMMONS_FLOW: Flow[Summons] = Flow(
    Step(
        "record",
        frozenset({SummonsStage.CALLED}),
        (SummonsStage.RECORDED,),
        records,
        pgettext_lazy("summons", "Record the talk"),
    ),
)

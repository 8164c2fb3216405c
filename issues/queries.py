"""What waits for whom. Every condition here only narrows ``Issue.objects.visible_to``; none widens it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from enterprises.permissions import roles_of
from issues.enums import IN_HAND, OPEN, WITH_UNIT, OrderRole, OrderState, PetitionKind, PetitionState, Stage, Timed
from issues.lights import RED, YELLOW, lit
from issues.models import SUBJECT, CallBack, Issue, IssueQuerySet, Order, Petition
from issues.models.issue import CALLER_STAGES
from liaison.accounts.models import User
from liaison.accounts.rights import Hats, Right, hats_of
from liaison.clocks.models import Clock
from liaison.workdays import ZONE

READS_ALL = (Right.TRIAGE_ISSUES, Right.OVERSEE_ISSUES)
READS = (*READS_ALL, Right.READ_ORDERS, Right.CALL_BACK, Right.DIRECT)
"Rights that let one read issues of others."


@dataclass(frozen=True)
class Asker:
    """Who looks at a list, and when."""

    user: User
    now: datetime

    @property
    def hats(self) -> Hats:
        """What the person is today."""
        return hats_of(self.user)

    @property
    def is_firm(self) -> bool:
        """Whether the person acts for a firm."""
        return bool(roles_of(self.user))

    def may_any(self, *rights: Right) -> bool:
        """Whether the person has one of these rights anywhere."""
        return any(self.hats.may(right) for right in rights)

    def units(self, *rights: Right) -> frozenset[int]:
        """The units for which the person has one of these rights."""
        return frozenset().union(*(self.hats.units(right) for right in rights))


def reads_issues(asker: Asker) -> bool:
    """Whether issues are any of this person's business."""
    return asker.may_any(*READS) or asker.is_firm


def sent_to(asker: Asker) -> IssueQuerySet:
    """All sent issues that the person may read; members of units come to them by their orders."""
    rows = Issue.objects.visible_to(asker.user).filter(submitted_at__isnull=False)
    if _reads_by_orders_only(asker):
        rows = rows.filter(pk__in=_orders(unit__in=asker.units(Right.READ_ORDERS)))
    return rows


def _reads_by_orders_only(asker: Asker) -> bool:
    """No other way leads this person to an issue: the database may then start from the unit's orders."""
    others = asker.is_firm or asker.may_any(*READS_ALL, Right.CALL_BACK, Right.DIRECT)
    return not others and bool(asker.units(Right.READ_ORDERS))


def _orders(**conditions: Any) -> QuerySet[Any, Any]:
    return Order.objects.filter(**conditions).order_by().values("issue")


# --- for everybody --------------------------------------------------------------------------------
def everything(_asker: Asker) -> Q:
    """No further condition."""
    return Q()


def is_open(_asker: Asker) -> Q:
    """Not at an end."""
    return Q(stage__in=sorted(OPEN))


def in_handling(_asker: Asker) -> Q:
    """With a unit: these have a due moment."""
    return Q(stage__in=sorted(WITH_UNIT))


def overdue(asker: Asker) -> Q:
    """The answer is late."""
    return lit(RED, asker.now)


def ended(_asker: Asker) -> Q:
    """At an end, whichever."""
    return ~Q(stage__in=sorted(OPEN))


# --- for the desk ---------------------------------------------------------------------------------
def to_admit(_asker: Asker) -> Q:
    """Sent, not looked at."""
    return Q(stage=Stage.SUBMITTED)


def to_dispatch(_asker: Asker) -> Q:
    """Admitted, no unit yet."""
    return Q(stage=Stage.ADMITTED)


def to_redo(_asker: Asker) -> Q:
    """The call found it unsolved: a new round has to begin."""
    return Q(stage=Stage.REDO)


def for_desk(asker: Asker) -> Q:
    """All that waits for the desk."""
    return Q(stage__in=[Stage.SUBMITTED, Stage.ADMITTED, Stage.REDO]) | decisions_of_desk(asker)


def decisions_of_desk(asker: Asker) -> Q:
    """Somebody else has asked for something that the desk decides."""
    asked = _petitions_for(asker).filter(~Q(kind=PetitionKind.EXTENSION) | ~_extended_before())
    return Q(pk__in=asked.values("issue"))


def called_about(_asker: Asker) -> Q:
    """A call is due or has to be repeated."""
    return Q(stage=Stage.CALLBACK)


def in_ledger(_asker: Asker) -> Q:
    """Closed without a solution, or planned: looked at again and again."""
    return Q(recheck_on__isnull=False)


def to_recheck(asker: Asker) -> Q:
    """The day for looking again has come."""
    return Q(recheck_on__lte=asker.now.astimezone(ZONE).date())


def _petitions_for(asker: Asker) -> QuerySet[Petition]:
    """What waits for a decision of somebody other than who asked."""
    return Petition.objects.filter(state=PetitionState.PENDING).exclude(asked_by__in=asker.hats.owner_ids).order_by()


def _extended_before() -> Exists:
    """This round had more time already: the second extension is the leader's."""
    earlier = Petition.objects.filter(kind=PetitionKind.EXTENSION, state=PetitionState.APPROVED)
    return Exists(earlier.filter(issue=OuterRef("issue"), round=OuterRef("round")))


# --- for units ------------------------------------------------------------------------------------
def in_our_hands(asker: Asker) -> Q:
    """Our order is not done."""
    return in_handling(asker) & Q(pk__in=_orders(unit__in=_work_units(asker), state__in=sorted(IN_HAND)))


def to_accept(asker: Asker) -> Q:
    """Nobody has accepted our order."""
    return in_handling(asker) & Q(pk__in=_orders(unit__in=asker.units(Right.ACCEPT_ORDERS), state=OrderState.ISSUED))


def my_orders(asker: Asker) -> Q:
    """I am the handler, or stand in for the handler."""
    return in_handling(asker) & Q(pk__in=_orders(handler__in=asker.hats.owner_ids, state=OrderState.ACCEPTED))


def due_with_us(asker: Asker) -> Q:
    """In our hands, late or nearly so."""
    return in_our_hands(asker) & (lit(RED, asker.now) | lit(YELLOW, asker.now))


def to_sign_off(asker: Asker) -> Q:
    """An answer waits for the head."""
    return Q(stage=Stage.SIGN_OFF, lead_unit__in=asker.units(Right.SIGN_OFF))


def opinions_owed(asker: Asker) -> Q:
    """We were asked for an opinion and have not given it."""
    owed = _orders(unit__in=_work_units(asker), role=OrderRole.CO, state__in=sorted(IN_HAND), opinion_at=None)
    return Q(stage__in=[Stage.DISPATCHED, Stage.HANDLING]) & Q(pk__in=owed)


def _work_units(asker: Asker) -> frozenset[int]:
    return asker.units(Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)


# --- for leaders ----------------------------------------------------------------------------------
def addressed_to_me(asker: Asker) -> Q:
    """The firm wrote to this leader."""
    return is_open(asker) & Q(leader__in=asker.hats.owner_ids)


def extensions_for_me(asker: Asker) -> Q:
    """A second extension waits for the leader in charge."""
    asked = _petitions_for(asker).filter(_extended_before(), kind=PetitionKind.EXTENSION)
    mine = Q() if asker.hats.everywhere(Right.LEAD_UNITS) else Q(lead_unit__in=asker.units(Right.LEAD_UNITS))
    return mine & Q(pk__in=asked.values("issue"))


def overdue_by_unit(rows: IssueQuerySet, asker: Asker, most: int = 12) -> list[dict[str, Any]]:
    """Whose answers are late, and how many."""
    late = rows.filter(overdue(asker)).order_by()
    units = late.values("lead_unit__code", "lead_unit__name", "lead_unit__name_en").annotate(late=Count("pk"))
    return [dict(row) for row in units.order_by("-late", "lead_unit__code")[:most]]


# --- for callers ----------------------------------------------------------------------------------
def to_call(asker: Asker) -> Q:
    """Unsatisfied or withdrawing firms, and those that did not evaluate in time."""
    waited = Clock.objects.running().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"), kind=Timed.EVALUATE)
    silent = Q(stage=Stage.ANSWERED) & Q(Exists(waited.filter(due_at__lt=asker.now)))
    return Q(stage__in=CALLER_STAGES) & (Q(stage=Stage.CALLBACK) | silent)


def called_by_me(asker: Asker) -> Q:
    """Calls I have made."""
    return Q(pk__in=CallBack.objects.filter(by=asker.user).order_by().values("issue"))


# --- for firms ------------------------------------------------------------------------------------
def to_evaluate(_asker: Asker) -> Q:
    """Answered: the firm is asked what it thinks."""
    return Q(stage=Stage.ANSWERED)


def drafts_of(asker: Asker) -> IssueQuerySet:
    """What was begun and not sent."""
    return Issue.objects.visible_to(asker.user).filter(stage=Stage.DRAFT)

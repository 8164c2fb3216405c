"""Who may decide, and why a step is shut although the stage is right."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from issues.deadlines import is_within_workdays, last_day_to_extend
from issues.enums import CallResult, OrderRole, OrderState, PetitionKind, PetitionState, Stage, Timed
from issues.models import SUBJECT, Issue, Order, Petition
from issues.permissions import Standing as By
from issues.permissions import one_of, standings
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.clocks.models import Clock
from liaison.parameters.models import parameter
from liaison.workdays import ZONE
from liaison.workflow import Words

MAX_EXTENSIONS = 2
GIVES_AWAY = _("One of the two hides its firm from the units, the other would show it: they cannot be merged.")


def pending(issue: Issue, kind: PetitionKind) -> Petition | None:
    """The petition of this kind that waits for a decision."""
    return next((p for p in issue.petitions.all() if p.kind == kind and p.state == PetitionState.PENDING), None)


def lead_order(issue: Issue) -> Order | None:
    """The newest order to a lead unit, sent back or not."""
    leads = [order for order in issue.orders.all() if order.role == OrderRole.LEAD]
    return leads[-1] if leads else None


def approved_extensions(issue: Issue) -> int:
    """How often this round's lead unit was given more time."""
    return sum(
        p.kind == PetitionKind.EXTENSION and p.state == PetitionState.APPROVED and p.round == issue.round
        for p in issue.petitions.all()
    )


def decides(kind: PetitionKind, *who: By) -> Callable[[Issue, User], bool]:
    """A predicate: may decide, and is not the person who asked (nor anybody that person stands in for)."""
    held = one_of(*who)

    def holds(issue: Issue, user: User) -> bool:
        petition = pending(issue, kind)
        return held(issue, user) and (petition is None or petition.asked_by_id not in hats_of(user).owner_ids)

    return holds


def decides_extension(issue: Issue, user: User) -> bool:
    """The desk decides the first extension of a round, the leader in charge the second; who comes too late is told so (409)."""
    if pending(issue, PetitionKind.EXTENSION) is None:
        return one_of(By.DESK, By.LEADER)(issue, user)
    return decides(PetitionKind.EXTENSION, By.DESK if approved_extensions(issue) == 0 else By.LEADER)(issue, user)


def signs_off(issue: Issue, user: User) -> bool:
    """A head who did not write the answer."""
    if By.LEAD_HEAD not in standings(issue, user):
        return False
    drafts = [answer for answer in issue.answers.all() if answer.round == issue.round]
    return not drafts or drafts[-1].by_id not in hats_of(user).owner_ids


# --- why a step is shut although the stage is right ---------------------------------------------------
def asked_already(kind: PetitionKind) -> Callable[[Issue, datetime], Words | None]:
    """Shut while a petition of the kind waits."""

    def reason(issue: Issue, _now: datetime) -> Words | None:
        return _("It has been asked for and waits for a decision.") if pending(issue, kind) else None

    return reason


def nothing_asked(kind: PetitionKind) -> Callable[[Issue, datetime], Words | None]:
    """Shut while no petition of the kind waits."""

    def reason(issue: Issue, _now: datetime) -> Words | None:
        return None if pending(issue, kind) else _("Nothing waits for a decision here.")

    return reason


def cannot_send_back(issue: Issue, now: datetime) -> Words | None:
    """Once per unit, within the days allowed."""
    asked = [p for p in issue.petitions.all() if p.kind == PetitionKind.SEND_BACK and p.unit_id == issue.lead_unit_id]
    if any(p.state == PetitionState.PENDING for p in asked):
        return _("It has been asked for and waits for a decision.")
    if asked:
        return _("A unit may ask once to send an order back; the desk's decision was final.")
    lead = lead_order(issue)
    if lead and not is_within_workdays(lead.issued_at, now, parameter("issues.send_back_days")):
        return _("The time for sending back has passed.")
    return None


def cannot_extend(issue: Issue, now: datetime) -> Words | None:
    """At least a working day before the date, at most twice."""
    if pending(issue, PetitionKind.EXTENSION):
        return _("It has been asked for and waits for a decision.")
    if issue.suspended_until:
        return _("The clock stands still; resume first.")
    if approved_extensions(issue) >= MAX_EXTENSIONS:
        return _("It was extended twice already.")
    if issue.due_at and now.astimezone(ZONE).date() > last_day_to_extend(issue.due_at):
        return _("More time must be asked for at least one working day before the date.")
    return None


def cannot_suspend(issue: Issue, _now: datetime) -> Words | None:
    """Not while suspended or asked for."""
    if issue.suspended_until:
        return _("The clock stands still already.")
    return _("It has been asked for and waits for a decision.") if pending(issue, PetitionKind.SUSPENSION) else None


def not_suspended(issue: Issue, _now: datetime) -> Words | None:
    """Only what stands still can be resumed."""
    return None if issue.suspended_until else _("The clock is not standing still.")


def cannot_answer(issue: Issue, now: datetime) -> Words | None:
    """The lead cannot answer before the co-units' opinions, or before their time has passed."""
    if issue.suspended_until:
        return _("The clock stands still; resume first.")
    for order in issue.orders.all():
        waits = order.role == OrderRole.CO and order.round == issue.round and order.is_live and order.opinion_at is None
        if waits and now < order.due_at:
            return _("A co-unit's opinion is still missing, and its time has not passed.")
    return None


def cannot_call(issue: Issue, now: datetime) -> Words | None:
    """An answered issue is called about only when the firm has not evaluated it in time."""
    if issue.stage != Stage.ANSWERED:
        return None
    waiting = Clock.objects.running().of(SUBJECT, issue.pk).filter(kind=Timed.EVALUATE, due_at__gte=now)
    return _("The firm still has time to evaluate.") if waiting.exists() else None


def cannot_reopen(issue: Issue, now: datetime) -> Words | None:
    """Within the days allowed after closing."""
    if issue.closed_at and now > issue.closed_at + timedelta(days=parameter("issues.reopen_days")):
        return _("The time for reopening has passed; please raise a new issue.")
    return None


def nothing_accepted_waits(issue: Issue, _now: datetime) -> Words | None:
    """Shut when every co-unit has accepted."""
    waits = any(o.role == OrderRole.CO and o.round == issue.round and o.state == OrderState.ISSUED for o in issue.orders.all())
    return None if waits else _("Every co-unit has accepted.")


def no_opinion_waits(issue: Issue, _now: datetime) -> Words | None:
    """Shut when every co-unit has given its opinion."""
    waits = any(
        o.role == OrderRole.CO and o.round == issue.round and o.is_live and o.opinion_at is None for o in issue.orders.all()
    )
    return None if waits else _("Every co-unit has given its opinion.")


def nothing_to_recheck(issue: Issue, _now: datetime) -> Words | None:
    """Only what stands in the ledger of unsolved or planned issues."""
    return None if issue.recheck_on else _("It does not stand in a ledger.")


def tracking_unless(issue: Issue, _now: datetime) -> Words | None:
    """Not while asked for."""
    return _("It has been asked for and waits for a decision.") if pending(issue, PetitionKind.TRACKING) else None


def cannot_sign(issue: Issue, _now: datetime) -> Words | None:
    """While the desk looks at a tracking plan the answer waits."""
    return _("A tracking plan waits for the desk.") if pending(issue, PetitionKind.TRACKING) else None


def possible_results(issue: Issue) -> list[CallResult]:
    """What a call about this issue can find: a withdrawal is confirmed or not; else it is closed or redone."""
    asked = [CallResult.WITHDRAWN, CallResult.CONTINUE] if issue.stage_before else [CallResult.CLOSED, CallResult.REDO]
    return [*asked, CallResult.UNREACHED]

"""What every step shares: lock, check, move, save named fields, write the event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from issues.enums import PetitionKind, PetitionState
from issues.models import Issue, IssueEvent, Petition
from issues.permissions import may_view, represented_ids
from issues.timing import keep_clocks
from issues.workflow import INTERNAL, ISSUE_FLOW
from liaison.accounts.models import User
from liaison.accounts.rights import hats_of
from liaison.workflow import StepNotOpen


def lock(issue: Issue) -> Issue:
    """The issue as it is now, held until the transaction ends."""
    return (
        Issue.objects.select_for_update(no_key=True, of=("self",))
        .select_related("enterprise", "lead_unit", "leader")
        .get(pk=issue.pk)
    )


def begin(name: str, issue: Issue, by: User, now: datetime, version: int | None = None) -> Issue:
    """Lock and check; a form that was rendered before somebody else's step is stale (409)."""
    locked = lock(issue)
    if not may_view(locked, by):
        raise PermissionDenied
    step = ISSUE_FLOW.check(name, locked, by, now)
    if version is not None and version != locked.version:
        raise StepNotOpen(step, locked)
    return locked


def finish(
    name: str,
    issue: Issue,
    by: User,
    now: datetime,
    *,
    to: str | None = None,
    fields: Iterable[str] = (),
    text: str = "",
    internal: bool | None = None,
    **detail: Any,
) -> IssueEvent:
    """Move the locked issue, save the named fields, bring its clocks in line, and write the event.

    What a step changes elsewhere (orders, answers, milestones) is written before: the clocks are read off it.
    """
    stage_from = issue.stage
    ISSUE_FLOW.move(name, issue, to)
    issue.version += 1
    issue.save(update_fields=["stage", "version", *fields])
    keep_clocks(issue, now, by)
    return write_event(name, issue, by, now, stage_from=stage_from, text=text, internal=internal, **detail)


def write_event(
    kind: str,
    issue: Issue,
    by: User | None,
    now: datetime,
    *,
    stage_from: str | None = None,
    text: str = "",
    internal: bool | None = None,
    **detail: Any,
) -> IssueEvent:
    """One row of the story: who, as what, when, from which stage to which."""
    for_firm = by is not None and issue.enterprise_id in represented_ids(by) and not hats_of(by).is_staff
    hat = None if by is None or for_firm else hat_for(issue, by)
    return IssueEvent.objects.create(
        issue=issue,
        kind=kind,
        actor=by,
        unit_id=hat.unit_id if hat else None,
        duty=hat.duty if hat else "",
        for_firm=for_firm,
        at=now,
        round=issue.round,
        internal=kind in INTERNAL if internal is None else internal,
        stage_from=issue.stage if stage_from is None else stage_from,
        stage_to=issue.stage,
        text=text,
        detail=detail,
    )


def hat_for(issue: Issue, by: User) -> Any:
    """The duty under which somebody acts: one in a unit that handles the issue, else their first."""
    hats = hats_of(by).hats
    units = {order.unit_id for order in issue.orders.all()}
    return next((hat for hat in hats if hat.unit_id in units), hats[0] if hats else None)


def decide(issue: Issue, kind: PetitionKind, by: User, now: datetime, result: str, note: str) -> tuple[Petition, bool]:
    """Settle the pending petition; returns it and whether it was approved."""
    petition = Petition.objects.select_for_update(no_key=True).get(issue=issue, kind=kind, state=PetitionState.PENDING)
    approved = result == "approve"
    petition.state = PetitionState.APPROVED if approved else PetitionState.DECLINED
    petition.decided_by, petition.decided_at, petition.decision_note = by, now, note
    petition.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    return petition, approved


def void_petitions(issue: Issue) -> None:
    """What still waits for a decision has lost its object."""
    issue.petitions.filter(state=PetitionState.PENDING).update(state=PetitionState.VOID)

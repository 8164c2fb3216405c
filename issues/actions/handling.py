"""The work itself: contact, opinions, conference, answer, sign-off, tracking, end, directives."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from issues import notices
from issues.actions.files import File, attach
from issues.actions.step import begin, decide, finish, void_petitions
from issues.actions.supervision import open_supervision_order, usual_due
from issues.enums import LIVE_ORDERS, OrderRole, OrderState, Outcome, PetitionKind, SignOff, Stage
from issues.models import Answer, Directive, Issue, Milestone, Petition
from issues.workflow import ISSUE_FLOW
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of
from liaison.notifications.actions import notify
from liaison.parameters.models import parameter
from liaison.workdays import ZONE
from liaison.workflow import StepNotOpen


@transaction.atomic
def record_contact(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    text: str,
    kind: str = "phone",
    at: datetime | None = None,
    version: int | None = None,
) -> Issue:
    """The handler has spoken with the firm."""
    issue = begin("contact", issue, by, now, version)
    issue.contacted_at = issue.contacted_at or at or now
    event = finish("contact", issue, by, now, fields=["contacted_at"], text=text, way=kind, contacted_at=(at or now).isoformat())
    notify(notices.to_firm(event, "contacted"), now=now)
    return issue


@transaction.atomic
def give_opinion(issue: Issue, *, by: User, now: datetime, text: str, version: int | None = None) -> Issue:
    """A co-unit's part."""
    issue = begin("opinion", issue, by, now, version)
    hats = hats_of(by)
    units = hats.units(Right.ACCEPT_ORDERS) | hats.units(Right.HANDLE_ORDERS) | hats.units(Right.SIGN_OFF)
    order = issue.orders.filter(
        role=OrderRole.CO, round=issue.round, opinion_at=None, state__in=LIVE_ORDERS, unit__in=units
    ).first()
    if order is None:
        raise StepNotOpen(ISSUE_FLOW["opinion"], issue)
    order.opinion, order.opinion_by, order.opinion_at, order.state = text, by, now, OrderState.DONE
    order.save(update_fields=["opinion", "opinion_by", "opinion_at", "state"])
    event = finish("opinion", issue, by, now, text=text, unit=order.unit.code)
    notify(notices.to_lead(event, "opinion_given"), now=now)
    return issue


@transaction.atomic
def record_conference(
    issue: Issue, *, by: User, now: datetime, co_units: Iterable[Unit], held_on: date, text: str, version: int | None = None
) -> Issue:
    """Units sat together and decided."""
    issue = begin("confer", issue, by, now, version)
    codes = [unit.code for unit in co_units]
    event = finish("confer", issue, by, now, text=text, units=codes, held_on=held_on.isoformat())
    notify(notices.to_lead(event, "conferred"), now=now)
    return issue


@transaction.atomic
def answer_issue(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    outcome: str,
    text: str,
    evidence: Iterable[File] = (),
    until: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Issue:
    """The handler's reply; it reaches the firm when the head has signed it off."""
    issue = begin("answer", issue, by, now, version)
    answer = Answer.objects.create(
        issue=issue,
        round=issue.round,
        unit=issue.lead_unit,
        outcome=outcome,
        text=text,
        until=until,
        reason=reason,
        by=by,
        at=now,
    )
    attach(issue, evidence, by=by, now=now, answer=answer)
    void_petitions(issue)
    event = finish("answer", issue, by, now, text=text, outcome=outcome)
    notify(notices.to_lead_heads(event, "sign_off_asked"), now=now)
    return issue


@transaction.atomic
def sign_off_answer(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """A head who did not write it lets the answer go to the firm, or returns it."""
    issue = begin("sign-off", issue, by, now, version)
    answer = Answer.objects.select_for_update(no_key=True, of=("self",)).filter(issue=issue, round=issue.round).latest("pk")
    if result == SignOff.RETURN:
        answer.returned_note, answer.returned_at = note, now
        answer.save(update_fields=["returned_note", "returned_at"])
        event = finish("sign-off", issue, by, now, to=Stage.HANDLING, text=note, internal=True, result=result)
        notify(notices.to_handler(event, "answer_returned"), now=now)
        return issue
    answer.signed_by, answer.signed_at = by, now
    answer.save(update_fields=["signed_by", "signed_at"])
    issue.outcome, issue.answered_at = answer.outcome, now
    issue.orders.filter(round=issue.round, role=OrderRole.LEAD, state=OrderState.ACCEPTED).update(state=OrderState.DONE)
    issue.milestones.filter(done_on=None).update(done_on=now.astimezone(ZONE).date())
    event = finish("sign-off", issue, by, now, to=Stage.ANSWERED, fields=["outcome", "answered_at"], text=note, result=result)
    notify(notices.to_firm(event, "answered"), now=now)
    return issue


@transaction.atomic
def ask_tracking(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    text: str,
    milestones: Iterable[tuple[date, str]],
    until: date,
    version: int | None = None,
) -> Issue:
    """The head proposes to follow a long matter with milestones; the date of the next report is compulsory."""
    issue = begin("ask-track", issue, by, now, version)
    plan = [[day.isoformat(), title] for day, title in milestones]
    Petition.objects.create(
        issue=issue, kind=PetitionKind.TRACKING, round=issue.round, unit=issue.lead_unit, asked_by=by, asked_at=now,
        text=text, until=until, milestones=plan,
    )  # fmt: skip
    event = finish("ask-track", issue, by, now, text=text, until=until.isoformat())
    notify(notices.to_desk(event, "tracking_asked"), now=now)
    return issue


@transaction.atomic
def decide_tracking(issue: Issue, *, by: User, now: datetime, result: str, note: str = "", version: int | None = None) -> Issue:
    """The desk agrees to long-term tracking, or the answer goes on."""
    issue = begin("decide-track", issue, by, now, version)
    petition = Petition.objects.get(issue=issue, kind=PetitionKind.TRACKING, state="pending")
    approved = result == "approve"
    decide(issue, PetitionKind.TRACKING, by, now, result, note)
    if approved:
        plan = [Milestone(issue=issue, due_on=date.fromisoformat(day), title=title) for day, title in petition.milestones]
        Milestone.objects.bulk_create(plan)
        issue.recheck_on = petition.until
    event = finish(
        "decide-track", issue, by, now, to=Stage.TRACKING if approved else Stage.SIGN_OFF, fields=["recheck_on"],
        text=petition.text if approved else note, internal=not approved, result=result,
    )  # fmt: skip
    if not approved:
        notify(notices.to_lead_heads(event, "tracking_declined"), now=now)
        return issue
    notify(notices.to_firm(event, "tracked"), now=now)
    notify(notices.to_lead(event, "tracked_unit"), now=now)
    return issue


@transaction.atomic
def report_progress(
    issue: Issue,
    *,
    by: User,
    now: datetime,
    text: str,
    until: date,
    milestones: Iterable[Milestone] = (),
    version: int | None = None,
) -> Issue:
    """What has moved in a long matter, and when the next report comes."""
    issue = begin("progress", issue, by, now, version)
    done = [milestone.pk for milestone in milestones]
    issue.milestones.filter(pk__in=done, done_on=None).update(done_on=now.astimezone(ZONE).date())
    issue.recheck_on = until
    event = finish("progress", issue, by, now, fields=["recheck_on"], text=text, until=until.isoformat())
    notify(notices.to_firm(event, "progress"), now=now)
    return issue


@transaction.atomic
def end_issue(issue: Issue, *, by: User, now: datetime, basis: str, text: str, version: int | None = None) -> Issue:
    """The leader in charge ends a matter on a legal ground; it stays in the ledger of the unsolved."""
    issue = begin("end", issue, by, now, version)
    issue.outcome, issue.closed_at, issue.answered_at = Outcome.NOT_POSSIBLE, now, now
    issue.recheck_on = recheck_day(now)
    void_petitions(issue)
    fields = ["outcome", "closed_at", "answered_at", "recheck_on"]
    issue.orders.filter(round=issue.round, state__in=LIVE_ORDERS).update(state=OrderState.DONE)
    event = finish("end", issue, by, now, fields=fields, text=text, basis=basis)
    notify(notices.to_firm(event, "ended"), now=now)
    return issue


@transaction.atomic
def write_directive(issue: Issue, *, by: User, now: datetime, text: str, version: int | None = None) -> Issue:
    """A leader's written instruction; it opens a numbered supervision order."""
    issue = begin("direct-line", issue, by, now, version)
    directive = Directive.objects.create(issue=issue, leader=by, text=text, at=now)
    event = finish("direct-line", issue, by, now, text=text, directive=directive.pk)
    open_supervision_order(issue, now=now, by=by, unit=issue.lead_unit, text=text, due_at=usual_due(now), directive=directive)
    notify(notices.to_desk(event, "directed"), now=now)
    notify(notices.to_inspectors(event, "directed"), now=now)
    notify(notices.to_handler(event, "directed"), now=now)
    return issue


def recheck_day(now: datetime) -> date:
    """When an unsolved or planned matter is looked at again."""
    return now.astimezone(ZONE).date() + timedelta(days=parameter("issues.recheck_days"))

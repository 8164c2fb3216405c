"""Which clocks run for an issue, as a table: read off its state after every step, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from issues.copies import copy_due
from issues.enums import UNSOLVED_STAGES, OrderRole, OrderState, PetitionKind, PetitionState, Stage, Timed, Waiting
from issues.models import SUBJECT, Answer, Issue, Order, Petition
from liaison.accounts.models import User
from liaison.clocks.actions.keeping import Matter, Standstill, Wanted, extend_clock, keep
from liaison.clocks.enums import PauseReason
from liaison.clocks.models import Clock
from liaison.workdays import ZONE
from liaison.workdays.limits import Limit, LimitUnit

STILL_FOR = {Waiting.FIRM: PauseReason.FIRM, Waiting.PROCEDURE: PauseReason.PROCEDURE}
ABANDONED = frozenset({Stage.MERGED, Stage.WITHDRAWN})
STAGES_OF_WORK = frozenset({Stage.DISPATCHED, Stage.HANDLING, Stage.SIGN_OFF})
NEVER_PAUSED = frozenset({Timed.PASS_ON, Timed.ARREARS, Timed.REPORT, Timed.MILESTONE, Timed.RECHECK})
"Statutory limits and promised days stand, whatever else waits (CASES: fixed dates are not moved by pauses)."


@dataclass
class Timing:
    """One issue at one moment, and what it waits for."""

    issue: Issue
    now: datetime
    by: User | None = None
    found: list[Wanted] = field(default_factory=list)

    @cached_property
    def stage(self) -> str:
        """Where it stands; what is taken back stands where it stood, only still."""
        return self.issue.stage_before if self.is_withdrawing else self.issue.stage

    @property
    def is_withdrawing(self) -> bool:
        """The firm wants it back, and a caller has not asked yet why."""
        return self.issue.stage == Stage.CALLBACK and bool(self.issue.stage_before)

    @cached_property
    def orders(self) -> list[Order]:
        """Of this round."""
        return list(Order.objects.filter(issue=self.issue, round=self.issue.round).order_by("pk"))

    @cached_property
    def still(self) -> Standstill | None:
        """Why the work stands still."""
        if self.is_withdrawing:
            return Standstill(PauseReason.WITHDRAWAL, asked_by=self.by.pk if self.by else None)
        if self.issue.suspended_until is None:
            return None
        petition = self._approved(PetitionKind.SUSPENSION)
        reason = STILL_FOR.get(Waiting(petition.basis), PauseReason.PROCEDURE)
        return Standstill(reason, petition.asked_by_id, petition.decided_by_id)

    def _approved(self, kind: PetitionKind) -> Petition:
        return Petition.objects.filter(issue=self.issue, kind=kind, state=PetitionState.APPROVED).latest("pk")

    @cached_property
    def is_tracked(self) -> bool:
        """A plan took the answer's place in this round."""
        rows = Petition.objects.filter(issue=self.issue, round=self.issue.round)
        return rows.filter(kind=PetitionKind.TRACKING, state=PetitionState.APPROVED).exists()

    def wanted(self) -> list[Wanted]:
        """Every clock that runs now."""
        return [*self._of_desk(), *self._of_arrears(), *self._of_units(), *self._of_tracking(), *self._of_judging()]

    def _want(self, kind: Timed, start: datetime, **values: object) -> Wanted:
        still = None if kind in NEVER_PAUSED else self.still
        return Wanted(kind, start, still=still, **values)  # type: ignore[arg-type]  # Wanted's own fields

    def _of_desk(self) -> Iterator[Wanted]:
        issue = self.issue
        if self.stage == Stage.SUBMITTED:
            assert issue.submitted_at is not None
            yield self._want(Timed.ADMIT, issue.submitted_at)
        if self.stage in {Stage.ADMITTED, Stage.REDO}:
            yield self._want(Timed.DISPATCH, self.now)
        if issue.stage in UNSOLVED_STAGES and issue.recheck_on:
            part = issue.recheck_on.toordinal()
            yield self._want(Timed.RECHECK, self.now, part=part, fixed_on=issue.recheck_on)

    def _of_arrears(self) -> Iterator[Wanted]:
        """Overdue payments: passed on, then settled, within the days of the statute."""
        issue = self.issue
        if issue.category is None or not issue.category.is_arrears:
            return
        if self.stage in {Stage.SUBMITTED, Stage.ADMITTED} and issue.round == 1 and not self._was_sent_back:
            assert issue.submitted_at is not None
            yield self._want(Timed.PASS_ON, issue.submitted_at)
        elif issue.dispatched_at and (self.stage in STAGES_OF_WORK | {Stage.TRACKING} or self._was_sent_back):
            yield self._want(Timed.ARREARS, issue.dispatched_at, unit=issue.lead_unit_id)

    @cached_property
    def _was_sent_back(self) -> bool:
        """The unit's order came back: the answer's time does not stop for that."""
        returned = [order for order in self.orders if order.role == OrderRole.LEAD and order.state == OrderState.RETURNED]
        return self.stage == Stage.ADMITTED and bool(returned)

    def _of_units(self) -> Iterator[Wanted]:
        if self.stage in STAGES_OF_WORK or self._was_sent_back:
            yield from self._answer()
        if self.stage in STAGES_OF_WORK:
            for order in self.orders:
                yield from self._of_order(order)
        if self.stage in {Stage.HANDLING, Stage.SIGN_OFF} and self.issue.contacted_at is None and not self.is_tracked:
            accepted = next((o.accepted_at for o in self.orders if o.role == OrderRole.LEAD and o.is_live), None)
            yield self._want(Timed.CONTACT, accepted or self.now, unit=self.issue.lead_unit_id)
        if self.stage == Stage.SIGN_OFF:
            draft = Answer.objects.filter(issue=self.issue, round=self.issue.round).latest("pk")
            yield self._want(Timed.SIGN_OFF, draft.at, part=draft.pk, unit=self.issue.lead_unit_id)

    def _answer(self) -> Iterator[Wanted]:
        lead = next((order for order in reversed(self.orders) if order.role == OrderRole.LEAD), None)
        if lead is None or self.issue.dispatched_at is None or self.is_tracked:
            return
        owner = None if self._was_sent_back else self.issue.lead_unit_id
        yield self._want(Timed.ANSWER, self.issue.dispatched_at, unit=owner, limit=lead.limit)

    def _of_order(self, order: Order) -> Iterator[Wanted]:
        if order.state == OrderState.ISSUED:
            yield self._want(Timed.ACCEPT, order.issued_at, part=order.pk, unit=order.unit_id)
        if order.role == OrderRole.CO and order.is_live and order.opinion_at is None:
            yield self._want(Timed.OPINION, order.issued_at, part=order.pk, unit=order.unit_id, limit=order.limit)

    def _of_tracking(self) -> Iterator[Wanted]:
        """A plan goes on while its last answer is written and signed."""
        issue = self.issue
        if issue.recheck_on is None or not (self.stage == Stage.TRACKING or (self.stage in STAGES_OF_WORK and self.is_tracked)):
            return
        part = issue.recheck_on.toordinal()
        yield self._want(Timed.REPORT, self.now, part=part, fixed_on=issue.recheck_on, unit=issue.lead_unit_id)
        for milestone in issue.milestones.filter(done_on=None):
            yield self._want(Timed.MILESTONE, self.now, part=milestone.pk, fixed_on=milestone.due_on, unit=issue.lead_unit_id)

    def _of_judging(self) -> Iterator[Wanted]:
        if self.stage == Stage.ANSWERED:
            yield self._want(Timed.EVALUATE, self.issue.answered_at or self.now)
        if self.issue.stage == Stage.CALLBACK:
            yield Wanted(Timed.CALL_BACK, self.now)

    def done(self, clock: Clock) -> bool:
        """Whether what a clock waited for has happened."""
        issue = self.issue
        match clock.kind:
            case Timed.ACCEPT | Timed.OPINION:
                order = Order.objects.get(pk=clock.part)
                return bool(order.accepted_at if clock.kind == Timed.ACCEPT else order.opinion_at)
            case Timed.CONTACT:
                return issue.contacted_at is not None
            case Timed.ANSWER | Timed.ARREARS:
                return issue.answered_at is not None or issue.stage == Stage.TRACKING
            case Timed.EVALUATE:
                return issue.evaluations.filter(round=clock.round).exists()
            case Timed.MILESTONE:
                return not issue.milestones.filter(pk=clock.part, done_on=None).exists()
            case _:
                return issue.stage not in ABANDONED


def keep_clocks(issue: Issue, now: datetime, by: User | None = None, resumed_at: datetime | None = None) -> None:
    """Bring the clocks of a locked issue in line with its state, and its dates in line with the clocks."""
    timing = Timing(issue, now, by)
    matter = Matter(SUBJECT, issue.pk, issue.round, issue.nature, issue.urgency)
    running = keep(matter, timing.wanted(), done=timing.done, now=now, by=by, resumed_at=resumed_at)
    _copy_due(issue, list(running.values()))


def extend_answer(issue: Issue, to: date, now: datetime, by: User) -> None:
    """Give the answer until another day; a pause may have moved it beyond that day already, and more time never becomes less."""
    rows = Clock.objects.running().of(SUBJECT, issue.pk).filter(kind__in=[Timed.ANSWER, Timed.ARREARS])
    clocks = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    for clock in clocks:
        day = clock.due_at.astimezone(ZONE).date()
        if clock.kind == Timed.ANSWER or to > day:  # the law's own limit is extended with the answer, never shortened
            extend_clock(clock, max(to, day), now=now, by=by)
    _copy_due(issue, clocks)


def _copy_due(issue: Issue, clocks: list[Clock]) -> None:
    """The answer's date, of a tracked issue the next report's, stands on the issue for its lists; a unit's on its order."""
    main = next((clock for clock in clocks if clock.kind in {Timed.ANSWER, Timed.REPORT}), None)
    if main:
        issue.due_at, issue.warn_at = main.due_at, main.warn_at
    copy_due(clocks)


def opinion_limit(answer: Limit, usual: Limit) -> Limit:
    """A co-unit has its own limit, but never longer than the answer's."""
    same = answer.unit == usual.unit == LimitUnit.WORKING_DAYS
    return Limit(min(answer.amount, usual.amount), usual.unit) if same else answer

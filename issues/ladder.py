"""What the ladder asks of issues: whether they still wait, who is told, what a rung orders."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from issues.actions.rung_acts import do_acts
from issues.copies import copy_due
from issues.enums import OPEN, UNSOLVED_STAGES, Timed, Urgency
from issues.models import SUBJECT, Issue, IssueEvent
from issues.permissions import may_know_firm
from issues.search import mask
from issues.timing import NEVER_PAUSED
from issues.told import Ask, Audience, People
from issues.watching import whose
from liaison.accounts.models import User
from liaison.accounts.rights import nobody_moves
from liaison.clocks.enums import Condition
from liaison.clocks.kinds import Firing, Titled, Unheard, key_of
from liaison.clocks.models import Clock, Step
from liaison.notifications.actions import Notice, notify_all

TOP: Final = 6
"The highest rung that has words of its own."
Fired = tuple[Firing, Issue]


class IssueSubjects:
    """Issues as the ladder sees them (liaison.clocks.kinds.Subjects)."""

    def lock(self, pks: Collection[int]) -> Mapping[int, object]:
        """Issues that no act holds, with what everybody's standing is worked out from."""
        rows = Issue.objects.filter(pk__in=pks).select_for_update(no_key=True, skip_locked=True, of=("self",))
        rows = rows.defer("body", "search_text", "search_all")
        return {issue.pk: issue for issue in rows.prefetch_related("orders", "concerns", "callbacks")}

    def hold(self, pks: Collection[int]) -> None:
        """Issues in the order in which merging locks two of them."""
        list(Issue.objects.filter(pk__in=pks).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))

    def holds(self, firing: Firing, subject: object) -> bool:
        """Whether the issue still waits for what the clock is about; what an event forces always holds (T05, T07, T24)."""
        issue, clock, step = cast("Issue", subject), firing.clock, firing.step
        if step.forced:
            return True
        if not _still_waits(issue, clock):
            return False
        return step.rung.condition != Condition.NO_CONTACT or issue.contacted_at is None

    def fire(self, firings: Sequence[tuple[Firing, object]], now: datetime) -> Mapping[int, int]:
        """Events, messages and orders of a batch; how many people each step told."""
        fired = cast("Sequence[Fired]", firings)
        IssueEvent.objects.bulk_create([_event("rung", firing, issue, now) for firing, issue in fired])
        told = _tell([(firing, issue, firing.step.rung.told) for firing, issue in fired], now)
        do_acts(fired, now)
        return told

    def unheard(self, rungs: Sequence[tuple[Unheard, object]], now: datetime) -> None:
        """The people of the next rung up hear that nobody has acknowledged."""
        some = cast("Sequence[tuple[Unheard, Issue]]", rungs)
        IssueEvent.objects.bulk_create([_event("rung-unheard", unheard.firing, issue, now) for unheard, issue in some])
        _tell([(unheard.firing, issue, unheard.above.told) for unheard, issue in some], now, kind="issue_unacknowledged")

    def moved(self, clocks: Sequence[Clock], now: datetime) -> None:  # noqa: ARG002 - a copy needs no moment
        """Copy due moments to the issues and orders whose lists sort by them."""
        copy_due(clocks)

    def titles(self, clocks: Iterable[Clock], reader: User) -> Mapping[int, Titled]:
        """Number and title, masked for whoever may not know the firm; issues that the reader may not see are left out."""
        wanted = [clock for clock in clocks if clock.subject_kind == SUBJECT]
        rows = Issue.objects.visible_to(reader).filter(pk__in={clock.subject_id for clock in wanted})
        rows = rows.select_related("enterprise").defer("body", "search_text", "search_all")
        issues = {issue.pk: issue for issue in rows.prefetch_related("orders", "concerns", "callbacks")}
        return {clock.pk: _titled(issues[clock.subject_id], clock, reader) for clock in wanted if clock.subject_id in issues}


def _titled(issue: Issue, clock: Clock, reader: User) -> Titled:
    title = issue.title if may_know_firm(issue, reader) else mask(issue.title, issue)
    return Titled(f"{issue.number} {title}", issue.get_absolute_url(), whose(clock))


def _still_waits(issue: Issue, clock: Clock) -> bool:
    if clock.kind == Timed.RECHECK:
        return issue.stage in UNSOLVED_STAGES
    stands_still = issue.suspended_until is not None and clock.kind not in NEVER_PAUSED
    return issue.stage in OPEN and not stands_still


def _event(kind: str, firing: Firing, issue: Issue, now: datetime) -> IssueEvent:
    """A line of the story for staff; nobody did it."""
    clock, step = firing.clock, firing.step
    late = max(0, int((now - clock.due_at).total_seconds()))
    detail = {"clock": clock.pk, "kind": clock.kind, "level": step.level, "light": step.light, "step": step.pk, "late": late}
    return IssueEvent(
        issue=issue, kind=kind, at=now, round=issue.round, internal=True, stage_from=issue.stage, stage_to=issue.stage,
        unit_id=clock.unit_id, detail={**detail, "due": clock.due_at.isoformat()},
    )  # fmt: skip


# --- telling ------------------------------------------------------------------------------------------
def _tell(asked: Sequence[tuple[Firing, Issue, Collection[str]]], now: datetime, kind: str = "") -> Mapping[int, int]:
    """People by role; a person's duties are read once for the batch. Who may not read the issue as staff learns nothing."""
    with nobody_moves():
        people = People(_ask(each) for each in asked)
        notices: list[tuple[Step, Notice]] = []
        for firing, issue, told in asked:
            audience = people.audience(firing.clock, issue, told)
            notices += [(firing.step, notice) for notice in _notices(firing, issue, told, audience, kind)]
        counts = notify_all([notice for _step, notice in notices], now=now)
    told_by: dict[int, int] = {}
    for (step, _notice), count in zip(notices, counts, strict=True):
        told_by[step.pk] = told_by.get(step.pk, 0) + count
    return told_by


def _ask(asked: tuple[Firing, Issue, Collection[str]]) -> Ask:
    firing, issue, told = asked
    return firing.clock, issue, told


def _notices(firing: Firing, issue: Issue, told: Collection[str], audience: Audience, kind: str) -> Iterable[Notice]:
    """One for staff and one for the firm, whichever the rung tells; where nobody is found, that is an alarm."""
    staff = kind or f"issue_rung_{min(firing.step.level, TOP)}"
    if set(told) - {"firm"}:
        yield _notice(staff, firing, issue, audience.staff, audience.units)
    if "firm" in told:
        yield _notice("issue_rung_firm", firing, issue, audience.firm)


def _notice(kind: str, firing: Firing, issue: Issue, people: list[User], units: frozenset[int] = frozenset()) -> Notice:
    return Notice(
        kind,
        key_of(firing.step),
        people,
        {"issue": issue.pk, "clock": firing.clock.pk, "step": firing.step.pk},
        units=units,
        urgent=issue.urgency == Urgency.URGENT,
        must_reach=True,
    )

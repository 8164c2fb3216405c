"""How an issue is told to one reader: who may know the firm, who did what, what matters now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from issues import rungs
from issues.enums import CallResult, Outcome, Rating, Solved, Stage
from issues.models import Issue, IssueEvent
from issues.permissions import Standing, is_staff_side, may_know_firm, standings
from issues.search import mask
from issues.workflow import ISSUE_FLOW, OTHER_EVENTS
from liaison.accounts.models import User
from liaison.ui.moments import words_of
from liaison.workflow import Words

JUDGES = frozenset(
    {Standing.FIRM, Standing.DESK, Standing.CALLER, Standing.OVERSEER, Standing.LEADER, Standing.ADDRESSEE, Standing.ENTERED_IT}
)
"Who may read the firm's judgement; the rated unit sees only counts."
TONES = {
    "refuse": "danger", "send-back": "quiet", "message": "quiet", "note": "quiet", "evaluate": "success", "sign-off": "success",
    "withdraw": "danger", "end": "danger",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One entry of the story, as this reader may know it."""

    kind: str
    title: Words
    who: str
    at: datetime
    text: str
    tone: str
    internal: bool


@dataclass(frozen=True)
class Act:
    """The last act, for the page that refuses a second person."""

    actor: str
    at: datetime


class Reader:
    """One person reading one issue."""

    def __init__(self, issue: Issue, user: User) -> None:
        self.issue, self.user = issue, user
        self.knows_firm = may_know_firm(issue, user)
        self.is_staff = is_staff_side(issue, user)
        self.is_firm = Standing.FIRM in standings(issue, user)
        self.may_read_judgement = bool(standings(issue, user) & JUDGES)

    @property
    def firm_name(self) -> str:
        """The firm, or that it is not to be known."""
        return self.issue.enterprise.name if self.knows_firm else _("Enterprise (name withheld)")

    def masked(self, text: str) -> str:
        """A text of the firm's as this reader may have it."""
        return text if self.knows_firm else mask(text, self.issue)

    def events(self) -> list[Told]:
        """The story, newest last; the firm gets no internal entries, the rated unit no judgement."""
        rows = self.issue.events.select_related("actor", "unit")
        if not self.is_staff:
            rows = rows.filter(internal=False)
        return [self.told(event) for event in rows]

    def told(self, event: IssueEvent) -> Told:
        """One event."""
        address = ISSUE_FLOW[event.kind].address if event.kind in STEP_NAMES else event.kind
        label = ISSUE_FLOW[event.kind].label if event.kind in STEP_NAMES else OTHER_EVENTS.get(event.kind, event.kind)
        text = self._text(event)
        return Told(event.kind, _title(event, label), self.who(event), event.at, text, TONES.get(address, ""), event.internal)

    def _text(self, event: IssueEvent) -> str:
        judged = event.kind in {"evaluate", "call-back", "reopen"}
        if judged and not self.may_read_judgement:
            return ""
        text = self.masked(event.text)
        if event.kind == "evaluate":
            level, solved = Rating(event.detail["rating"]).label, Solved(event.detail["solved"]).label
            text = _("Solved: %(solved)s. %(level)s.") % {"solved": solved, "level": level} + (f"\n{text}" if text else "")
        return text

    def who(self, event: IssueEvent) -> str:
        """Who did it: the firm reads unit and duty, staff read names too."""
        if event.actor is None:
            return _("The system")
        if event.for_firm:
            return self._firm_person(event.actor)
        place = " · ".join(filter(None, [str(event.unit or ""), event.get_duty_display()]))
        return f"{place} · {event.actor}" if self.is_staff else place

    def _firm_person(self, actor: User) -> str:
        return f"{self.firm_name} · {actor}" if self.knows_firm else self.firm_name

    def last_act(self) -> Act | None:
        """What was done last that this reader may know of."""
        rows = self.issue.events.select_related("actor", "unit")
        event = (rows if self.is_staff else rows.filter(internal=False)).last()
        return Act(self.who(event), event.at) if event else None

    def now_line(self) -> str:
        """The one line that matters now: what stage, who has it, what comes."""
        return _now_line(self.issue)


STEP_NAMES = frozenset(step.name for step in ISSUE_FLOW)
RUNGS = {"rung", "rung-unheard"}
SETTLED = {"confirm-refusal", "decide-send-back", "decide-extension", "decide-suspension", "decide-track", "sign-off"}


def _title(event: IssueEvent, label: Words) -> str:
    """The step's word; of a decision also which."""
    result = event.detail.get("result")
    if event.kind == "sign-off" and result == "return":
        return _("Returned for revision")
    if event.kind in SETTLED:
        return f"{label}: {_('approved') if result == 'approve' else _('declined')}"
    if event.kind in RUNGS:
        return rungs.title_of(event, label)
    if event.kind == "call-back" and result:
        return f"{label}: {CallResult(result).label}"
    if event.kind == "answer" and event.detail.get("outcome"):
        return f"{label}: {Outcome(event.detail['outcome']).label}"
    return str(label)


def _now_line(issue: Issue) -> str:
    unit = str(issue.lead_unit or "")
    lines = {
        Stage.SUBMITTED: _("The desk looks at it and decides whether it is admitted."),
        Stage.ADMITTED: _("Admitted. The desk chooses the units that will handle it."),
        Stage.DISPATCHED: _("With %(unit)s, which has to accept it."),
        Stage.HANDLING: _("%(unit)s is handling it."),
        Stage.SIGN_OFF: _("%(unit)s has written an answer; the head has to sign it off."),
        Stage.TRACKING: _("%(unit)s follows it over a long time; the next report comes on %(day)s."),
        Stage.ANSWERED: _("Answered. The firm is asked whether the problem is solved."),
        Stage.CALLBACK: _("Somebody independent will call the firm."),
        Stage.REDO: _("The firm is not satisfied; the desk starts a new round."),
        Stage.REFUSED: _("Not admitted; the ground and the way to take instead stand below."),
        Stage.MERGED: _("Merged into %(other)s; its result is this one's too."),
        Stage.WITHDRAWN: _("Withdrawn by the firm, confirmed by a call."),
        Stage.CLOSED: _("Closed."),
        Stage.ENDED: _("Ended on a legal ground; it stays in the ledger of the unsolved."),
    }
    facts = {
        "unit": unit,
        "other": issue.merged_into or "",
        "day": words_of(issue.recheck_on, "day") if issue.recheck_on else "–",
    }
    line = str(lines.get(Stage(issue.stage), "")) % facts
    if issue.suspended_until:
        line += " " + _("The clock stands still until %(day)s.") % {"day": words_of(issue.suspended_until, "day")}
    return line

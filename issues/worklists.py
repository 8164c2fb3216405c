"""The lists by which each duty works: one table; tabs, start page cards and tests are made from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues import queries as q
from issues.models import IssueQuerySet
from issues.queries import Asker, sent_to
from liaison.accounts.rights import Right
from liaison.workflow import Words

NEWEST, OLDEST, DUE_FIRST = "-submitted_at", "submitted_at", "due_at"
Condition = Callable[[Asker], Q]


@dataclass(frozen=True)
class WorkList:
    """One list: what it holds, in which order, and what to read when it is empty."""

    key: str
    "Its name in the address: ``?view=to-admit``."
    label: Words
    condition: Condition
    by: str = NEWEST
    empty: Words = ""
    icon: str = ""
    "With a picture the list is also a card of the start page."
    kept: bool = False
    "The card stays when it is empty."
    tone: str = ""
    drafts: bool = False

    def rows(self, asker: Asker, sent: IssueQuerySet | None = None) -> IssueQuerySet:
        """The issues of the list that the person may read."""
        if self.drafts:
            return q.drafts_of(asker)
        return (sent_to(asker) if sent is None else sent).filter(self.condition(asker))

    @property
    def url(self) -> str:
        """The address of the list."""
        return f"{reverse('issues:list')}?{urlencode({'view': self.key})}"


ALL = WorkList("all", pgettext_lazy("issues", "All"), q.everything, empty=_("There is no issue that you may read."))
OPEN_ONES = WorkList("open", pgettext_lazy("issues", "All open"), q.is_open, empty=_("No issue is open."))
OVERDUE = WorkList(
    "overdue",
    pgettext_lazy("issues", "Overdue"),
    q.overdue,
    DUE_FIRST,
    _("Nothing is late."),
    "exclamation-octagon",
    tone="danger",
)
RUNNING = WorkList("running", _("In handling, most urgent first"), q.in_handling, DUE_FIRST, _("No unit is handling an issue."))
DRAFTS = WorkList("drafts", _("Drafts"), q.everything, "-created_at", _("No draft is waiting."), "pencil", drafts=True)

FOR_DESK = (
    WorkList("pool", _("Waiting for the desk"), q.for_desk, OLDEST, _("The pool is empty: nothing waits for the desk.")),
    WorkList(
        "to-admit",
        _("To admit"),
        q.to_admit,
        OLDEST,
        _("Everything that was sent has been looked at."),
        "inbox",
        kept=True,
        tone="now",
    ),
    WorkList(
        "to-dispatch",
        _("To dispatch"),
        q.to_dispatch,
        OLDEST,
        _("Everything that was admitted is with a unit."),
        "send",
        kept=True,
    ),
    WorkList(
        "decisions", _("Decisions waiting"), q.decisions_of_desk, OLDEST, _("Nobody waits for a decision."), "check2-square"
    ),
    WorkList(
        "to-redo",
        _("Second rounds to begin"),
        q.to_redo,
        OLDEST,
        _("No second round waits to begin."),
        "arrow-repeat",
        tone="warning",
    ),
    WorkList("callback", _("Call-backs under way"), q.called_about, OLDEST, _("No call is due.")),
    OVERDUE,
    WorkList(
        "to-recheck", _("To be checked again"), q.to_recheck, "recheck_on", _("No entry of the ledger is due."), "journal-check"
    ),
    WorkList(
        "ledger", _("Unsolved and planned"), q.in_ledger, "recheck_on", _("The ledger is empty: everything closed was solved.")
    ),
    OPEN_ONES,
    DRAFTS,
)
FOR_UNIT = (
    WorkList("board", _("In our hands"), q.in_our_hands, DUE_FIRST, _("Your unit has no order to work on.")),
    WorkList(
        "to-accept", _("To accept"), q.to_accept, DUE_FIRST, _("Every order has been accepted."), "inbox", kept=True, tone="now"
    ),
    WorkList(
        "mine",
        _("My orders"),
        q.my_orders,
        DUE_FIRST,
        _("You have no order to work on."),
        "briefcase",
        kept=True,
        tone="now",
    ),
    WorkList(
        "to-sign-off", _("To sign off"), q.to_sign_off, DUE_FIRST, _("No answer waits for you."), "pen", kept=True, tone="now"
    ),
    WorkList("due", _("Due soon or overdue"), q.due_with_us, DUE_FIRST, _("Nothing is due soon."), "stopwatch", tone="danger"),
    WorkList(
        "opinions",
        _("Opinions owed"),
        q.opinions_owed,
        DUE_FIRST,
        _("No opinion of yours is awaited."),
        "chat-left-quote",
        tone="warning",
    ),
)
FOR_LEADERS = (
    WorkList(
        "direct",
        _("Direct line to me"),
        q.addressed_to_me,
        NEWEST,
        _("No open issue is addressed to you."),
        "telephone",
        kept=True,
        tone="now",
    ),
    WorkList(
        "extensions",
        _("Extensions waiting for me"),
        q.extensions_for_me,
        DUE_FIRST,
        _("Nobody waits for more time."),
        "hourglass-split",
    ),
)
FOR_CALLERS = (
    WorkList(
        "to-call",
        _("Calls to make"),
        q.to_call,
        OLDEST,
        _("No call is due. Answered issues come here when the firm does not evaluate."),
        "telephone-outbound",
        kept=True,
        tone="now",
    ),
    WorkList("called", _("Called by me"), q.called_by_me, NEWEST, _("You have not called anybody yet.")),
)
FOR_FIRM = (
    WorkList(
        "to-evaluate",
        _("Waiting for your evaluation"),
        q.to_evaluate,
        OLDEST,
        _("No answer waits for your evaluation."),
        "star",
        tone="now",
    ),
    WorkList("firm-open", _("Under way"), q.is_open, NEWEST, _("None of your issues is open."), "hourglass-split", kept=True),
    WorkList("ended", pgettext_lazy("issues", "Ended"), q.ended, NEWEST, _("None of your issues has ended yet.")),
    DRAFTS,
)
BY_DUTY = {
    "to-accept": Right.ACCEPT_ORDERS,
    "mine": Right.HANDLE_ORDERS,
    "to-sign-off": Right.SIGN_OFF,
    "direct": Right.DIRECT,
}
"Lists that only one right of a group has a use for."


def worklists(asker: Asker) -> list[WorkList]:
    """The lists of this person, the one to begin with first; ``all`` is always the last."""
    found = {each.key: each for each in _lists(asker) if each.key not in BY_DUTY or asker.hats.may(BY_DUTY[each.key])}
    return [*found.values(), ALL]


def _lists(asker: Asker) -> Iterator[WorkList]:
    leads = asker.may_any(Right.LEAD_UNITS, Right.OVERSEE_ISSUES)
    if asker.may_any(Right.TRIAGE_ISSUES):
        yield from FOR_DESK
    if asker.may_any(Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF):
        yield from FOR_UNIT
    if asker.may_any(Right.CALL_BACK):
        yield from FOR_CALLERS
    if leads:
        yield from (RUNNING, OVERDUE)
    if asker.may_any(Right.LEAD_UNITS):
        yield from FOR_LEADERS
    if leads:
        yield OPEN_ONES
    if asker.is_firm:
        yield from (FOR_FIRM if asker.hats.is_staff else (ALL, *FOR_FIRM))

"""The whole life of an issue as one table: guards, buttons, addresses, tests and the diagram are made from it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues import guards
from issues.enums import OPEN, PetitionKind, Stage
from issues.models import Issue
from issues.permissions import Standing as By
from issues.permissions import one_of
from liaison.workflow import Flow, Step

TRIAGE = frozenset({Stage.SUBMITTED, Stage.ADMITTED})
LIVE = OPEN - {Stage.CALLBACK}


def at(*stages: str) -> frozenset[str]:
    """The stages a step starts from."""
    return frozenset(stages)


S = Stage
FIRM = one_of(By.FIRM)
DESK = one_of(By.DESK)
WORKERS = one_of(By.LEAD_LIAISON, By.LEAD_HANDLER, By.LEAD_HEAD)
P = PetitionKind

ISSUE_FLOW: Flow[Issue] = Flow(
    Step("submit", at(S.DRAFT), (S.SUBMITTED,), one_of(By.FIRM, By.ENTERED_IT), pgettext_lazy("step", "Submit")),
    Step("admit", at(S.SUBMITTED), (S.ADMITTED,), DESK, pgettext_lazy("step", "Admit")),
    Step("dispatch", at(S.ADMITTED), (S.DISPATCHED,), DESK, pgettext_lazy("step", "Dispatch")),
    Step("answer-at-once", TRIAGE, (S.ANSWERED,), DESK, pgettext_lazy("step", "Answer at once")),
    Step("merge", TRIAGE, (S.MERGED,), DESK, pgettext_lazy("step", "Merge"), grave=True),
    Step(
        "propose-refusal",
        at(S.SUBMITTED),
        (S.SUBMITTED,),
        DESK,
        pgettext_lazy("step", "Propose refusal"),
        page="refuse",
        unless=guards.asked_already(P.REFUSAL),
        grave=True,
    ),
    Step(
        "confirm-refusal",
        at(S.SUBMITTED),
        (S.REFUSED, S.SUBMITTED),
        guards.decides(P.REFUSAL, By.DESK),
        pgettext_lazy("step", "Decide on refusal"),
        page="refuse",
        unless=guards.nothing_asked(P.REFUSAL),
    ),
    Step("accept", at(S.DISPATCHED), (S.HANDLING,), one_of(By.LEAD_LIAISON), pgettext_lazy("step", "Accept")),
    Step(
        "accept-co",
        at(S.DISPATCHED, S.HANDLING),
        (),
        one_of(By.CO_LIAISON),
        pgettext_lazy("step", "Accept as co-unit"),
        page="accept",
        unless=guards.nothing_accepted_waits,
    ),
    Step(
        "ask-send-back",
        at(S.DISPATCHED),
        (),
        one_of(By.LEAD_HEAD),
        pgettext_lazy("step", "Ask to send back"),
        page="send-back",
        unless=guards.cannot_send_back,
        told=True,
        grave=True,
    ),
    Step(
        "decide-send-back",
        at(S.DISPATCHED),
        (S.ADMITTED, S.DISPATCHED),
        guards.decides(P.SEND_BACK, By.DESK),
        pgettext_lazy("step", "Decide on sending back"),
        page="send-back",
        unless=guards.nothing_asked(P.SEND_BACK),
    ),
    Step("contact", at(S.HANDLING, S.TRACKING), (), one_of(By.LEAD_HANDLER), pgettext_lazy("step", "Record contact")),
    Step(
        "answer",
        at(S.HANDLING, S.TRACKING),
        (S.SIGN_OFF,),
        one_of(By.LEAD_HANDLER),
        pgettext_lazy("step", "Answer"),
        unless=guards.cannot_answer,
        told=True,
    ),
    Step(
        "opinion",
        at(S.DISPATCHED, S.HANDLING),
        (),
        one_of(By.CO_MEMBER),
        pgettext_lazy("step", "Give opinion"),
        unless=guards.no_opinion_waits,
    ),
    Step(
        "sign-off",
        at(S.SIGN_OFF),
        (S.ANSWERED, S.HANDLING),
        guards.signs_off,
        pgettext_lazy("step", "Sign off"),
        unless=guards.cannot_sign,
        told=True,
    ),
    Step(
        "reassign", at(S.HANDLING, S.TRACKING), (), one_of(By.LEAD_LIAISON, By.LEAD_HEAD), pgettext_lazy("step", "Change handler")
    ),
    Step(
        "ask-extension",
        at(S.HANDLING),
        (),
        WORKERS,
        pgettext_lazy("step", "Ask for more time"),
        page="extend",
        unless=guards.cannot_extend,
        told=True,
    ),
    Step(
        "decide-extension",
        at(S.HANDLING),
        (),
        guards.decides_extension,
        pgettext_lazy("step", "Decide on more time"),
        page="extend",
        unless=guards.nothing_asked(P.EXTENSION),
    ),
    Step(
        "ask-suspension",
        at(S.HANDLING),
        (),
        WORKERS,
        pgettext_lazy("step", "Ask for suspension"),
        page="suspend",
        unless=guards.cannot_suspend,
    ),
    Step(
        "decide-suspension",
        at(S.HANDLING),
        (),
        guards.decides(P.SUSPENSION, By.DESK),
        pgettext_lazy("step", "Decide on suspension"),
        page="suspend",
        unless=guards.nothing_asked(P.SUSPENSION),
    ),
    Step(
        "resume",
        at(S.HANDLING),
        (),
        one_of(By.LEAD_LIAISON, By.LEAD_HANDLER, By.LEAD_HEAD, By.DESK),
        pgettext_lazy("step", "Resume"),
        unless=guards.not_suspended,
    ),
    Step("confer", at(S.HANDLING), (), DESK, pgettext_lazy("step", "Record a conference")),
    Step(
        "ask-track",
        at(S.SIGN_OFF),
        (),
        one_of(By.LEAD_HEAD),
        pgettext_lazy("step", "Propose long-term tracking"),
        page="track",
        unless=guards.tracking_unless,
    ),
    Step(
        "decide-track",
        at(S.SIGN_OFF),
        (S.TRACKING, S.SIGN_OFF),
        guards.decides(P.TRACKING, By.DESK),
        pgettext_lazy("step", "Decide on tracking"),
        page="track",
        unless=guards.nothing_asked(P.TRACKING),
    ),
    Step("progress", at(S.TRACKING), (), one_of(By.LEAD_HANDLER, By.LEAD_LIAISON), pgettext_lazy("step", "Report progress")),
    Step("end", at(S.SIGN_OFF), (S.ENDED,), one_of(By.LEADER), pgettext_lazy("step", "End"), grave=True),
    Step("evaluate", at(S.ANSWERED), (S.CLOSED, S.CALLBACK), FIRM, pgettext_lazy("step", "Evaluate")),
    Step(
        "call-back",
        at(S.ANSWERED, S.CALLBACK),
        (S.CLOSED, S.REDO, S.WITHDRAWN, *sorted(LIVE | {S.CALLBACK})),
        one_of(By.CALLER),
        pgettext_lazy("step", "Call back"),
        unless=guards.cannot_call,
        told=True,
    ),
    Step("redo", at(S.REDO), (S.DISPATCHED,), DESK, pgettext_lazy("step", "Redo")),
    Step("direct-line", LIVE, (), one_of(By.ADDRESSEE, By.LEADER), pgettext_lazy("step", "Write directive")),
    Step("name-officials", OPEN, (), DESK, pgettext_lazy("step", "Name officials"), page="officials"),
    Step("correct", TRIAGE, (), FIRM, pgettext_lazy("step", "Correct the text")),
    Step("withdraw", LIVE, (S.CALLBACK,), FIRM, pgettext_lazy("step", "Withdraw"), grave=True),
    Step("reopen", at(S.CLOSED), (S.CALLBACK,), FIRM, pgettext_lazy("step", "Reopen"), unless=guards.cannot_reopen),
    Step("recheck", at(S.CLOSED, S.ENDED), (), DESK, pgettext_lazy("step", "Check again"), unless=guards.nothing_to_recheck),
)

PETITION_OF = {
    "confirm-refusal": P.REFUSAL,
    "decide-send-back": P.SEND_BACK,
    "decide-extension": P.EXTENSION,
    "decide-suspension": P.SUSPENSION,
    "decide-track": P.TRACKING,
}
"Which petition a deciding step settles."
INTERNAL = frozenset({
    "propose-refusal", "decide-send-back", "ask-send-back", "answer", "opinion", "ask-extension", "ask-suspension", "ask-track",
    "accept-co", "confer", "direct-line", "recheck", "reassign", "note", "name-officials",
    "rung", "rung-unheard", "urge",
    "supervision-open", "supervision-unit", "supervision-answer", "supervision-return", "supervision-close", "summons-call",
    "summons-record",
})  # fmt: skip
"Events that the firm never sees."
OTHER_EVENTS = {
    "resume-by-itself": _("Resumed at the end of the suspension"),
    "message": _("Message"),
    "note": _("Internal note"),
    "rung": _("Rung of the ladder"),
    "urge": _("Urging note sent"),
    "rung-unheard": _("Nobody acknowledged a rung of the ladder"),
    "merge-here": _("Another issue was merged into this one"),
    "supervision-open": _("Supervision order opened"),
    "supervision-unit": _("Supervision order given to the lead unit"),
    "supervision-answer": _("Supervision order answered"),
    "supervision-return": _("Answer to the supervision order returned"),
    "supervision-close": _("Supervision order closed"),
    "summons-call": _("Head of the unit summoned"),
    "summons-record": _("Summons held and recorded"),
}
"Events that are no steps."

"""The words of an issue's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Where an issue stands; written only by issues.actions."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for admission")
    ADMITTED = "admitted", _("Waiting for dispatch")
    REFUSED = "refused", _("Not admitted")
    ANSWERED = "answered", _("Answered, waiting for evaluation")
    MERGED = "merged", _("Merged")
    DISPATCHED = "dispatched", _("Dispatched")
    HANDLING = "handling", _("In handling")
    SIGN_OFF = "sign_off", _("Waiting for sign-off")
    TRACKING = "tracking", _("Long-term tracking")
    CALLBACK = "callback", _("Call-back")
    REDO = "redo", _("To be redone")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")
    ENDED = "ended", _("Ended")


TERMINAL = frozenset({Stage.REFUSED, Stage.MERGED, Stage.WITHDRAWN, Stage.CLOSED, Stage.ENDED})
OPEN = frozenset(Stage) - TERMINAL - {Stage.DRAFT}
WITH_UNIT = frozenset({Stage.DISPATCHED, Stage.HANDLING, Stage.SIGN_OFF, Stage.TRACKING})


UNSOLVED_STAGES = frozenset({Stage.CLOSED, Stage.ENDED})
"Ends at which an issue may still stand in the ledger of the unsolved."


class Channel(models.TextChoices):
    """By which way the matter reached us."""

    WEB = "web", _("Portal")
    BREAKFAST = "breakfast", _("Breakfast meeting")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    SUPERVISOR = "supervisor", _("Supervisor")
    DIRECT = "direct", _("Direct line")
    HOTLINE = "hotline", _("Hotline 12345")
    PAPER = "paper", _("Paper or phone")


class Nature(models.TextChoices):
    """What the firm wants."""

    CONSULT = "consult", _("Consultation")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Kind(models.TextChoices):
    """Whether others have it too, and why it lasts."""

    INDIVIDUAL = "individual", _("Individual")
    COMMON = "common", _("Common")
    POLICY = "policy", _("Policy")
    LEGACY = "legacy", _("Legacy")


class Urgency(models.TextChoices):
    """How soon."""

    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")


class Ground(models.TextChoices):
    """Why an issue is not admitted; each goes with the legal route to take instead."""

    NOT_OURS = "not_ours", _("Outside the district's powers")
    COURT = "court", _("Before a court or decided by one")
    ARBITRATION = "arbitration", _("Before an arbitration body or decided by one")
    REVIEW = "review", _("In administrative review, petition or discipline proceedings")
    PRIVATE = "private", _("Dispute between private parties without a public duty")
    REPEATED = "repeated", _("Answered finally before, nothing new")
    UNCLEAR = "unclear", _("No matter can be made out, or the firm cannot be reached")


class OrderRole(models.TextChoices):
    """A unit's part."""

    LEAD = "lead", _("Lead unit")
    CO = "co", _("Co-unit")


class OrderState(models.TextChoices):
    """How far a unit's part is."""

    ISSUED = "issued", _("Waiting for acceptance")
    ACCEPTED = "accepted", _("Accepted")
    DONE = "done", _("Done")
    RETURNED = "returned", _("Sent back")
    CANCELLED = "cancelled", _("Cancelled")


LIVE_ORDERS = frozenset({OrderState.ISSUED, OrderState.ACCEPTED, OrderState.DONE})
IN_HAND = frozenset({OrderState.ISSUED, OrderState.ACCEPTED})
"Orders that a unit still works on."


class PetitionKind(models.TextChoices):
    """What is asked of somebody who decides."""

    REFUSAL = "refusal", _("Not to admit")
    SEND_BACK = "send_back", _("Send back")
    EXTENSION = "extension", _("Extension")
    SUSPENSION = "suspension", _("Suspension")
    TRACKING = "tracking", _("Long-term tracking")


class PetitionState(models.TextChoices):
    """What became of it."""

    PENDING = "pending", _("Waiting for decision")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    VOID = "void", _("Void")


class Decision(models.TextChoices):
    """A decider's answer."""

    APPROVE = "approve", _("Approve")
    DECLINE = "decline", _("Decline")


class SignOff(models.TextChoices):
    """What the head does with an answer."""

    APPROVE = "approve", _("Sign off")
    RETURN = "return", _("Return for revision")


class Waiting(models.TextChoices):
    """Why a clock may stand still."""

    FIRM = "firm", _("Waiting for the firm")
    PROCEDURE = "procedure", _("Legal procedure")


class ContactWay(models.TextChoices):
    """How the firm was reached."""

    PHONE = "phone", _("By phone")
    VISIT = "visit", _("On site")
    MEETING = "meeting", _("At a meeting")
    ONLINE = "online", _("Online")


class Outcome(models.TextChoices):
    """What came of it; apart from whether the issue is closed."""

    SOLVED = "solved", _("Solved")
    PARTLY = "partly", _("Partly solved")
    PLANNED = "planned", _("Planned")
    EXPLAINED = "explained", _("Policy explained")
    NOT_POSSIBLE = "not_possible", _("Not possible now")
    UNREASONABLE = "unreasonable", _("Unreasonable")


UNSOLVED = frozenset({Outcome.PARTLY, Outcome.PLANNED, Outcome.NOT_POSSIBLE, Outcome.UNREASONABLE})
"Outcomes that stay in a ledger and are checked again."


class UnreasonableReason(models.TextChoices):
    """Why a request is called unreasonable; a second person must agree."""

    AGAINST_LAW = "against_law", _("Against law or policy")
    NO_BASIS = "no_basis", _("No basis in facts")
    OTHERS_RIGHTS = "others_rights", _("At the expense of others' rights")
    REPEATED_CLAIM = "repeated_claim", _("Claim settled before")


class Solved(models.TextChoices):
    """Whether the firm's problem is solved, in the firm's own judgement."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Rating(models.IntegerChoices):
    """Five levels of 好差评."""

    VERY_SATISFIED = 5, _("Very satisfied")
    SATISFIED = 4, _("Satisfied")
    FAIR = 3, _("Fair")
    DISSATISFIED = 2, _("Dissatisfied")
    VERY_DISSATISFIED = 1, _("Very dissatisfied")


class RatingReason(models.TextChoices):
    """Reasons the firm may tick."""

    FAST = "fast", _("Fast")
    CLEAR = "clear", _("Clearly explained")
    HELPFUL = "helpful", _("Really helped")
    SLOW = "slow", _("Too slow")
    ATTITUDE = "attitude", _("Poor attitude")
    RESULT = "result", _("Problem not solved")
    NEVER_CONTACTED = "never_contacted", _("Nobody contacted us")
    PASSED_AROUND = "passed_around", _("Passed from one unit to another")


class CallResult(models.TextChoices):
    """What the caller found; silence is never counted as satisfied."""

    CLOSED = "closed", _("Confirmed: may be closed")
    REDO = "redo", _("To be redone")
    WITHDRAWN = "withdrawn", _("Withdrawal confirmed: nobody asked for it")
    CONTINUE = "continue", _("Handling goes on")
    UNREACHED = "unreached", _("Not reached")


class RedoReason(models.TextChoices):
    """Why a second round."""

    ATTITUDE = "attitude", _("Attitude")
    DELAY = "delay", _("Delay")
    RESULT = "result", _("Result")
    NEVER_CONTACTED = "never_contacted", _("Never contacted")


class Recheck(models.TextChoices):
    """What the re-check of an unsolved issue found."""

    SOLVED = "solved", _("Solved since")
    OPEN = "open", _("Still open")


class Timed(models.TextChoices):
    """What has a clock (every stage has its own, T44)."""

    ADMIT = "admit", _("Admission")
    DISPATCH = "dispatch", _("Dispatch")
    ACCEPT = "accept", _("Acceptance")
    CONTACT = "contact", _("First contact")
    OPINION = "opinion", _("Co-unit's opinion")
    ANSWER = "answer", _("Answer")
    SIGN_OFF = "sign_off", _("Sign-off")
    EVALUATE = "evaluate", _("Evaluation by the firm")
    CALL_BACK = "call_back", _("Call-back")
    REPORT = "report", _("Progress report")
    MILESTONE = "milestone", _("Milestone")
    RECHECK = "recheck", _("Re-check")
    PASS_ON = "pass_on", _("Passing on an overdue payment")
    ARREARS = "arrears", _("Result on an overdue payment")


class UrgingStage(models.TextChoices):
    """How far an urging note is."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", pgettext_lazy("urging note", "Sent")
    DISCARDED = "discarded", pgettext_lazy("urging note", "Discarded")


class Side(models.TextChoices):
    """From which side a message comes."""

    FIRM = "firm", _("Enterprise")
    DESK = "desk", _("Desk")
    UNIT = "unit", _("Unit")
    LEADER = "leader", _("Leader")


class SupervisionStage(models.TextChoices):
    """How far a supervision order is."""

    OPEN = "open", pgettext_lazy("supervision order", "Waiting for the unit's answer")
    ANSWERED = "answered", pgettext_lazy("supervision order", "Answered, waiting for closing")
    RETURNED = "returned", pgettext_lazy("supervision order", "Answer returned")
    CLOSED = "closed", pgettext_lazy("supervision order", "Closed")


SUPERVISION_OWED = frozenset({SupervisionStage.OPEN, SupervisionStage.RETURNED})
"The unit has to answer."


class SummonsStage(models.TextChoices):
    """How far a summons is."""

    CALLED = "called", _("To be held")
    RECORDED = "recorded", _("Held and recorded")

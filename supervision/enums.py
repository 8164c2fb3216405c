"""Words of supervision."""

from typing import Final

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchStage(TextChoices):
    """Where a batch of appointments stands."""

    PLANNED = "planned", pgettext_lazy("batch", "Being put together")
    ANNOUNCED = "announced", pgettext_lazy("batch", "Announced")
    APPOINTED = "appointed", pgettext_lazy("batch", "Appointed")
    CANCELLED = "cancelled", pgettext_lazy("batch", "Given up")


class Standing(TextChoices):
    """Where one person's appointment stands."""

    CANDIDATE = "candidate", pgettext_lazy("appointment", "Candidate")
    STRUCK = "struck", pgettext_lazy("appointment", "Taken off the list")
    APPOINTED = "appointed", pgettext_lazy("appointment", "Appointed")
    RESIGNED = "resigned", pgettext_lazy("appointment", "Resigned")
    DISMISSED = "dismissed", pgettext_lazy("appointment", "Dismissed")


class Ground(TextChoices):
    """Why a supervisor is dismissed."""

    ABSENT = "absent", _("Duties not done in spite of reminders")
    CONFLICT = "conflict", _("An interest was not declared")
    SECRECY = "secrecy", _("What was entrusted was passed on")
    ABUSE = "abuse", _("The position was used for one's own advantage")
    LAW = "law", _("Punished by law or by the party's discipline")
    LEFT = "left", _("No longer works or lives in the district")


class Tie(TextChoices):
    """How a supervisor is tied to an enterprise."""

    OWN = "own", pgettext_lazy("interest", "One's own enterprise")
    COMPETITOR = "competitor", pgettext_lazy("interest", "Competitor of one's own enterprise")
    RELATIVE = "relative", pgettext_lazy("interest", "Enterprise of a relative")


class Validity(TextChoices):
    """What the public page says of a certificate."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    NOT_YET = "not_yet", pgettext_lazy("certificate", "The term has not begun yet")
    EXPIRED = "expired", pgettext_lazy("certificate", "The term has ended")
    REVOKED = "revoked", pgettext_lazy("certificate", "Revoked: the appointment has ended early")
    REPLACED = "replaced", pgettext_lazy("certificate", "Void: a new certificate was issued in its place")


HELD: Final = frozenset({Standing.APPOINTED, Standing.RESIGNED, Standing.DISMISSED})
"An appointment was made, whatever became of it."
CLAIMS_TIME: Final = HELD | {Standing.CANDIDATE}
"Two of these of one person must not overlap."


class Function(TextChoices):
    """The four functions of a supervisor (四项职能)."""

    OVERSIGHT = "oversight", pgettext_lazy("function", "Supervising")
    ADVICE = "advice", pgettext_lazy("function", "Advising")
    BRIDGE = "bridge", pgettext_lazy("function", "Carrying word")
    OPINION = "opinion", pgettext_lazy("function", "Telling the public")


class Manner(TextChoices):
    """How the supervisor came to know."""

    OPEN = "open", pgettext_lazy("manner", "Open visit")
    COVERT = "covert", pgettext_lazy("manner", "Visit without notice")
    TALK = "talk", pgettext_lazy("manner", "Talk with enterprises")
    TOLD = "told", pgettext_lazy("manner", "Told by an enterprise")
    OWN = "own", pgettext_lazy("manner", "Went through it oneself")


class ReportStage(TextChoices):
    """Where a report stands; written only by supervision.actions."""

    DRAFT = "draft", pgettext_lazy("supervisor's report", "Draft")
    SENT = "sent", pgettext_lazy("supervisor's report", "Waiting to be sorted")
    ISSUE = "issue", pgettext_lazy("supervisor's report", "Handled as an issue")
    LEADER = "leader", pgettext_lazy("supervisor's report", "With a leader")
    INSPECTION = "inspection", pgettext_lazy("supervisor's report", "With the inspection office")
    ORDERED = "ordered", pgettext_lazy("supervisor's report", "Supervision order issued")
    ANSWERED = "answered", pgettext_lazy("supervisor's report", "Answered")
    RATED = "rated", pgettext_lazy("supervisor's report", "Answered and rated")
    CONVERTED = "converted", pgettext_lazy("supervisor's report", "Made an issue of one's own enterprise")


class Sorting(TextChoices):
    """What the desk makes of a report (转办、批办、督办、参考)."""

    ISSUE = "issue", pgettext_lazy("sorting", "Pass on: it becomes an issue")
    LEADER = "leader", pgettext_lazy("sorting", "Submit to a leader for a directive")
    INSPECTION = "inspection", pgettext_lazy("sorting", "Give to the inspection office to supervise")
    REFERENCE = "reference", pgettext_lazy("sorting", "Take note of it")


class Rating(IntegerChoices):
    """How satisfied the supervisor is with what became of the report."""

    VERY_GOOD = 5, pgettext_lazy("rating of an answer", "Very satisfied")
    GOOD = 4, pgettext_lazy("rating of an answer", "Satisfied")
    FAIR = 3, pgettext_lazy("rating of an answer", "Fairly satisfied")
    BAD = 2, pgettext_lazy("rating of an answer", "Not satisfied")
    VERY_BAD = 1, pgettext_lazy("rating of an answer", "Not satisfied at all")


class Grade(TextChoices):
    """The desk's judgement of a supervisor's year."""

    EXCELLENT = "excellent", pgettext_lazy("grade", "Excellent")
    GOOD = "good", pgettext_lazy("grade", "Good")
    ENOUGH = "enough", pgettext_lazy("grade", "Sufficient")
    NOT_ENOUGH = "not_enough", pgettext_lazy("grade", "Not sufficient")


class AccountStage(TextChoices):
    """Where a supervisor's account of a year stands."""

    GIVEN = "given", pgettext_lazy("account", "Given, to be evaluated")
    EVALUATED = "evaluated", pgettext_lazy("account", "Evaluated")


class Timed(TextChoices):
    """Clocks of reports."""

    SORT = "rep_sort", _("Sorting a supervisor's report")
    DIRECT = "rep_direct", _("Directive on a supervisor's report")
    INSPECT = "rep_inspect", _("Answer of the inspection office to a supervisor's report")


OWED: Final = frozenset({ReportStage.SENT, ReportStage.LEADER, ReportStage.INSPECTION})
"Somebody of the district has to do something about it now."

"""The clocks of issues, with their limits as they are delivered (an administrator edits them as data)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from issues.enums import Nature, Timed, Urgency
from liaison.clocks.kinds import ClockKind, DefaultLimit
from liaison.workdays.limits import LimitUnit

WH, WD, CD, H = LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS, LimitUnit.HOURS
ARREARS_LAW: Final = _("Regulations on Ensuring Payment to Small and Medium-sized Enterprises")
ANSWER_LIMITS: Final = (
    DefaultLimit(7, WD),
    DefaultLimit(3, WD, nature=Nature.CONSULT),
    DefaultLimit(3, WD, nature=Nature.PRAISE),
    DefaultLimit(7, WD, nature=Nature.HELP),
    DefaultLimit(7, WD, nature=Nature.SUGGESTION),
    DefaultLimit(15, WD, nature=Nature.COMPLAINT),
    DefaultLimit(15, WD, nature=Nature.REPORT),
    DefaultLimit(24, H, urgency=Urgency.URGENT),
)


def _one(kind: Timed, amount: int, unit: LimitUnit, *, internal: bool = False) -> ClockKind:
    return ClockKind(kind, kind.label, (DefaultLimit(amount, unit),), internal=internal)


CLOCK_KINDS: Final = (
    _one(Timed.ADMIT, 4, WH),
    _one(Timed.DISPATCH, 1, WD),
    _one(Timed.ACCEPT, 2, WH),
    _one(Timed.CONTACT, 1, WD),
    _one(Timed.OPINION, 3, WD, internal=True),
    ClockKind(Timed.ANSWER, Timed.ANSWER.label, ANSWER_LIMITS, natures=Nature.choices, urgencies=Urgency.choices),
    _one(Timed.SIGN_OFF, 1, WD, internal=True),
    _one(Timed.EVALUATE, 5, WD),
    _one(Timed.CALL_BACK, 3, WD),
    ClockKind(Timed.REPORT, Timed.REPORT.label),
    ClockKind(Timed.MILESTONE, Timed.MILESTONE.label),
    ClockKind(Timed.RECHECK, Timed.RECHECK.label, laddered=False, internal=True),
    ClockKind(Timed.PASS_ON, Timed.PASS_ON.label, (DefaultLimit(10, WD),), ARREARS_LAW, DefaultLimit(10, WD)),
    ClockKind(Timed.ARREARS, Timed.ARREARS.label, (DefaultLimit(30, CD),), ARREARS_LAW, DefaultLimit(30, CD)),
)

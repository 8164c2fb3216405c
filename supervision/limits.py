"""The clocks of reports, with their limits as they are delivered (an administrator edits them as data)."""

from typing import Final

from liaison.clocks.kinds import ClockKind, DefaultLimit
from liaison.workdays.limits import LimitUnit
from supervision.enums import Timed

CLOCK_KINDS: Final = (
    ClockKind(Timed.SORT, Timed.SORT.label, (DefaultLimit(5, LimitUnit.WORKING_DAYS),), internal=True),
    ClockKind(Timed.DIRECT, Timed.DIRECT.label, (DefaultLimit(5, LimitUnit.WORKING_DAYS),), internal=True),
    ClockKind(Timed.INSPECT, Timed.INSPECT.label, (DefaultLimit(10, LimitUnit.WORKING_DAYS),), internal=True),
)

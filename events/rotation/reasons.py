"""Why a firm is chosen or passed over: a code and its facts. The words are in ``words``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from events.rotation.given import Invitation

Fact = str | int | tuple[str, ...]


class Code(StrEnum):
    """All reasons there are."""

    # not eligible this time
    NOT_VERIFIED = "not_verified"
    ALREADY_INVITED = "already_invited"
    NOT_ASKED_FOR = "not_asked_for"
    LABEL_MISSING = "label_missing"
    COOLING_OFF_DAYS = "cooling_off_days"
    COOLING_OFF_OCCASIONS = "cooling_off_occasions"
    # where an eligible firm stands
    NEVER_INVITED = "never_invited"
    INVITED = "invited"
    JOINED_LATE = "joined_late"
    FEWEST = "fewest"
    COUNT = "count"
    # what decided
    SEATS_FOR_ALL = "seats_for_all"
    EQUALS = "equals"
    BALANCE = "balance"
    LOT = "lot"
    MORE_OFTEN = "more_often"
    MORE_RECENTLY = "more_recently"
    RANKED = "ranked"


@dataclass(frozen=True)
class Reason:
    """One reason; days are in ISO form, values are those of the rule."""

    code: Code
    facts: Mapping[str, Fact]


def reason(code: Code, **facts: Fact) -> Reason:
    """Return a reason with its facts."""
    return Reason(code, facts)


def day_of(last: Invitation | None) -> str:
    """Return the day of the last invitation in ISO form; blank if there was none."""
    return last.on.isoformat() if last else ""


def iso(day: date) -> str:
    """Return a day in ISO form."""
    return day.isoformat()

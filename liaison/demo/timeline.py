"""When things happened: office hours of the simulated year. Pure, so that every load has the same moments."""

from datetime import datetime, time, timedelta
from typing import Final
from zlib import crc32

from liaison.workdays import ZONE
from liaison.workdays.statutory import statutory_calendar

ENDS_AT: Final = datetime(2022, 9, 28, 18, 0, tzinfo=ZONE)
"The moment at which the demonstration stands; nothing happens after it."
SEGMENTS: Final = ((time(9), time(12)), (time(13, 30), time(17, 30)))
"Office hours with the noon break."
USUAL: Final = {
    "admit": "2h", "propose-refusal": "2h", "confirm-refusal": "2h", "answer-at-once": "3h", "merge": "1h",
    "dispatch": "1h", "accept": "1h", "accept-co": "40m", "ask-send-back": "3h", "decide-send-back": "2h", "reassign": "1h",
    "contact": "3h", "opinion": "4h", "confer": "4h", "answer": "6h", "sign-off": "3h",
    "ask-extension": "5h", "decide-extension": "3h", "ask-suspension": "5h", "decide-suspension": "3h",
    "ask-track": "2h", "decide-track": "3h", "end": "1d", "direct-line": "2h", "evaluate": "1d", "call-back": "1d",
    "supervise": "1h", "supervision-answer": "1d", "supervision-return": "2h", "supervision-close": "4h", "summon": "1h",
    "summons-record": "1d", "redo": "3h", "withdraw": "1d", "correct": "1h", "message": "2h", "note": "1h",
}  # fmt: skip
"How long after the step before, in office hours; resume, progress, reopen and recheck are always dated."


def office_moment(moment: datetime) -> datetime:
    """The moment itself in office hours, else the next one in them."""
    while True:
        if statutory_calendar().is_workday(moment.date()):
            for opens, closes in SEGMENTS:
                if moment.time() < opens:
                    return datetime.combine(moment.date(), opens, ZONE)
                if moment.time() < closes:
                    return moment
        moment = datetime.combine(moment.date() + timedelta(days=1), SEGMENTS[0][0], ZONE)


def later(moment: datetime, minutes: int) -> datetime:
    """So many office minutes later."""
    moment = office_moment(moment)
    while minutes > 0:
        closes = next(end for _opens, end in SEGMENTS if moment.time() < end)
        left = int((datetime.combine(moment.date(), closes, ZONE) - moment).total_seconds() // 60)
        if minutes < left:
            return moment + timedelta(minutes=minutes)
        minutes -= left
        moment = office_moment(datetime.combine(moment.date(), closes, ZONE))
    return moment


def after(moment: datetime, span: str, salt: str) -> datetime:
    """``span`` ("40m", "3h", "2d") later in office time, and some minutes that ``salt`` decides."""
    count, unit = int(span[:-1]), span[-1]
    spread = crc32(salt.encode()) % 25 + 1
    if unit == "d":
        moment = office_moment(moment)
        for _day in range(count):
            moment = office_moment(moment + timedelta(days=1))
        return later(moment, spread)
    return later(moment, count * (60 if unit == "h" else 1) + spread)

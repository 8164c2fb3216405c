"""Re-dating: what is still open happens so that the end of the simulated year falls on the day of the load.

Moments are mapped by working days – the k-th before the year's end becomes the k-th before the load – so that every limit in
working days still holds. Pure; at the year's own end it changes nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import Final, Self

from liaison.demo.timeline import ENDS_AT
from liaison.workdays import ZONE
from liaison.workdays.statutory import statutory_calendar

ONE: Final = timedelta(days=1)
LATE_EVENING: Final = time(23)
"Where days off find no room in the other calendar they are the last hour of the day before."
DAY: Final = re.compile(r"(?:(202[23])年)?(\d{1,2})月(\d{1,2})日")
MONTH: Final = re.compile(r"(?:(202[23])年)?(\d{1,2})月(?=[底初前上中下至到的份])")
YEAR_ENDS: Final = re.compile(r"2022年底")
MIDDLE: Final = 15
"The day that stands for a month named without one."


@dataclass(frozen=True)
class Dating:
    """From the simulated year to the weeks before a load."""

    anchor: date
    "The working day that takes the place of the year's last one."

    @classmethod
    def of_load(cls, now: datetime) -> Self:
        """The last working day that is over: nothing lies in the future, at whatever hour of whatever day it is."""
        local = now.astimezone(ZONE)
        over = local.date() if local.time() >= ENDS_AT.time() else local.date() - ONE
        return cls(last_workday(over))

    def day(self, day: date) -> date:
        """A date; a day off stays one where the other calendar has one there."""
        workday, off, room = self._place(day)
        return workday + min(off, room) * ONE

    def moment(self, at: datetime) -> datetime:
        """A moment, at the same time of day."""
        local = at.astimezone(ZONE)
        workday, off, room = self._place(local.date())
        if off <= room:
            return datetime.combine(workday + off * ONE, local.time(), ZONE)
        evening = datetime.combine(workday + room * ONE, LATE_EVENING, ZONE)
        passed = datetime.combine(local.date(), local.time(), ZONE) - datetime.combine(local.date() - off * ONE, time(0), ZONE)
        return evening + passed / (24 * 10)  # the longest holiday has fewer than ten days: an hour is enough for all of it

    def text(self, words: str) -> str:
        """Days and months that the words name."""
        words = DAY.sub(lambda m: self._named(m[1], int(m[2]), int(m[3]), with_day=True), words)
        words = MONTH.sub(lambda m: self._named(m[1], int(m[2]), MIDDLE, with_day=False), words)
        return YEAR_ENDS.sub(f"{self.day(date(2022, 12, MIDDLE)).year}年底", words)

    def _named(self, year: str | None, month: int, day: int, *, with_day: bool) -> str:
        found = self.day(date(int(year or ENDS_AT.year), month, day))
        return f"{found.year}年" * bool(year) + f"{found.month}月" + f"{found.day}日" * with_day

    def _place(self, day: date) -> tuple[date, int, int]:
        """The new working day before, how many days off after it the old day was, and for how many there is room."""
        before = last_workday(day)
        workday = nth_workday(self.anchor, distance(ENDS_AT.date(), before))
        return workday, (day - before).days, (nth_workday(workday, 1) - workday).days - 1


def last_workday(day: date) -> date:
    """The day itself, or the working day before it."""
    return next(found for back in count() if statutory_calendar().is_workday(found := day - back * ONE))


@lru_cache(maxsize=4096)
def nth_workday(day: date, nth: int) -> date:
    """The ``nth`` working day after a working day, before it when negative."""
    step = ONE if nth > 0 else -ONE
    for _one in range(abs(nth)):
        day += step
        while not statutory_calendar().is_workday(day):
            day += step
    return day


@lru_cache(maxsize=4096)
def distance(start: date, end: date) -> int:
    """How many working days ``end`` comes after ``start``, both working days."""
    first, last = sorted((start, end))
    days = sum(statutory_calendar().is_workday(first + n * ONE) for n in range(1, (last - first).days + 1))
    return days if start <= end else -days

"""The rules of issue text and law once more, slowly and in another way: nothing here knows liaison.workdays' arithmetic.

Times are seconds of UTC. A wall time is found by trying the offsets that the zone has around it, not by ``fold``; the end after
pauses is found by drawing the difference of the rule as a broken line and looking where it first meets zero.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Pairs = list[tuple[int, int]]


def seconds(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds())


@cache
def offsets(zone: ZoneInfo, day: date) -> list[timedelta]:
    """The zone's offsets around a date, in order."""
    around = [datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=h) for h in range(-24, 49, 3)]
    found = [each.astimezone(zone).utcoffset() for each in around]
    return list(dict.fromkeys(found))


def showing(zone: ZoneInfo, wall: datetime) -> int:
    """When the wall clock shows this first; a skipped time by the clock before the change."""
    tries = [(wall - offset).replace(tzinfo=UTC) for offset in offsets(zone, wall.date())]
    right = [each for each in tries if each.astimezone(zone).replace(tzinfo=None) == wall]
    return seconds(min(right)) if right else seconds(tries[0])


class Oracle:
    def __init__(self, zone: str, week: list[list[tuple[str, str]]], exceptions: dict[date, list[tuple[str, str]]]) -> None:
        self.zone, self.week, self.exceptions = ZoneInfo(zone), week, exceptions

    def pairs(self, day: date) -> list[tuple[str, str]]:
        return sorted(self.exceptions[day] if day in self.exceptions else self.week[day.weekday()])

    def at(self, day: date, clock: str) -> int:
        hours, minutes = map(int, clock.split(":"))
        return showing(self.zone, datetime(day.year, day.month, day.day) + timedelta(hours=hours, minutes=minutes))

    def end(self, day: date) -> int:
        return self.at(day, self.pairs(day)[-1][1])

    def work(self, first: date, days: int) -> Pairs:
        """All working time of these days, overlaps joined."""
        found = []
        for n in range(days):
            day = first + timedelta(days=n)
            night = self.at(day, "24:00") if self.pairs(day) else 0
            for start, end in self.pairs(day):
                opens, closes = max(self.at(day, start), found[-1][1] if found else 0), min(self.at(day, end), night)
                if opens < closes:
                    found.append((opens, closes))
        return found

    def due(self, start: datetime, amount: int, unit: str, pauses: list[tuple[datetime, datetime]]) -> int:
        for days in (12, 40, 140):
            if (found := self._due(start, amount, unit, pauses, days)) is not None:
                return found
        raise AssertionError("no end within the days looked at")

    def _due(self, start, amount, unit, pauses, horizon) -> int | None:  # noqa: C901, PLR0911, PLR0912 - the rules, one after the other
        began, day = seconds(start), start.astimezone(self.zone).date()
        if unit == "cd":
            day += timedelta(days=amount)
            while not self.pairs(day):
                day += timedelta(days=1)
            return self.end(day)
        if unit == "h":
            return self._by_the_clock(began, began + amount * 3600, [(seconds(a), seconds(b)) for a, b in pauses])
        if unit == "wd":
            while amount:
                day += timedelta(days=1)
                amount -= 1 if self.pairs(day) else 0
            end = self.end(day)
            if not pauses:
                return end
        work = self.work(start.astimezone(self.zone).date() - timedelta(days=1), horizon)
        if unit == "wd" and (not work or work[-1][1] < end):
            return None
        if unit == "wh":
            left = amount * 3600
            for a, b in work:
                left -= max(0, b - max(a, began))
                if left <= 0:
                    end = b + left
                    break
            else:
                return None
        stops = [(max(seconds(a), began), seconds(b)) for a, b in pauses]
        edges = sorted({end, *(t for pair in [*work, *stops] for t in pair)})
        pieces = [(a, b, self._works(work, a)) for a, b in pairwise(edges) if a >= began or self._in(stops, a)]
        below = sum(b - a for a, b, works in pieces if b <= end and works and self._in(stops, a))
        for a, b, works in pieces:
            if below == 0:
                break
            if a >= end:
                rises = int(works) - int(works and self._in(stops, a))
                if rises and below <= b - a:
                    return a + below
                below -= rises * (b - a)
        return None if below else end

    @staticmethod
    def _by_the_clock(began: int, end: int, pauses: Pairs) -> int:
        """Look at every second until as many have passed after E as were paused before it."""
        stopped = set().union(*(range(max(a, began), b) for a, b in pauses)) if pauses else set()
        owed = sum(second in stopped for second in range(began, end))
        while owed:
            owed -= end not in stopped
            end += 1
        return end

    @staticmethod
    def _in(pairs: Pairs, at: int) -> bool:
        return any(a <= at < b for a, b in pairs)

    @staticmethod
    def _works(work: Pairs, at: int) -> bool:
        nth = bisect_right(work, (at, 1 << 60)) - 1
        return nth >= 0 and work[nth][0] <= at < work[nth][1]

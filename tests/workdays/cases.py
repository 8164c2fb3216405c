"""Random calendars, limits and pauses, as plain as the oracle takes them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from liaison.workdays.calendar import WorkingCalendar
from liaison.workdays.limits import Limit, LimitUnit
from liaison.workdays.segments import segments_of

ZONES = {
    "Asia/Shanghai": (2023, []),
    "UTC": (2023, []),
    "America/New_York": (2023, ["2024-03-10", "2024-11-03", "2025-03-09", "2026-11-01"]),
    "Australia/Lord_Howe": (2023, ["2024-04-07", "2024-10-06", "2026-04-05"]),
    "America/Sao_Paulo": (2015, ["2016-10-16", "2017-02-19", "2018-02-18"]),
    "Africa/Casablanca": (2023, ["2024-03-10", "2024-04-14", "2026-02-15"]),
}
OFFICE = [("09:00", "12:00"), ("13:30", "17:30")]
ROUND_THE_CLOCK = [("00:00", "24:00")]
MINUTE = timedelta(minutes=1)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass
class Case:
    zone: str
    week: list[list[tuple[str, str]]]
    exceptions: dict[date, list[tuple[str, str]]]
    start: datetime
    amount: int
    unit: str
    pauses: list[tuple[datetime, datetime]]

    @property
    def calendar(self) -> WorkingCalendar:
        exceptions = {day: segments_of(pairs) for day, pairs in self.exceptions.items()}
        return WorkingCalendar(ZoneInfo(self.zone), tuple(map(segments_of, self.week)), exceptions)

    @property
    def limit(self) -> Limit:
        return Limit(self.amount, LimitUnit(self.unit))


def day_of(rng: Random, grid: int) -> list[tuple[str, str]]:
    """One to three segments; now and then touching ones, and one until midnight."""
    if rng.random() < 0.2:
        return ROUND_THE_CLOCK
    if rng.random() < 0.3:
        return OFFICE
    count = rng.randint(1, 3)
    edges = sorted(rng.sample(range(0, 1440 + grid, grid), 2 * count))
    pairs = [(clock(edges[2 * n]), clock(edges[2 * n + 1])) for n in range(count)]
    return rng.sample(pairs, count)


def week_of(rng: Random, grid: int) -> list[list[tuple[str, str]]]:
    week = [day_of(rng, grid) if rng.random() < 0.7 else [] for _ in range(7)]
    if not any(week):
        week[rng.randrange(7)] = OFFICE
    return week


def case(rng: Random, zone: str, days: int = 20) -> Case:
    year, changes = ZONES[zone]
    grid = rng.choice([15, 30, 60, 1])
    base = datetime(year, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(4 * 365 * 86_400))
    if changes and rng.random() < 0.6:
        base = datetime.fromisoformat(rng.choice(changes)).replace(tzinfo=UTC) - timedelta(seconds=rng.randrange(4 * 86_400))
    elif rng.random() < 0.2:
        base = datetime(year + rng.randrange(4), 12, 31, tzinfo=UTC) + timedelta(minutes=rng.randrange(-3000, 3000))
    if rng.random() < 0.3:
        base = base.replace(minute=0, second=0)
    around = [base.date() + timedelta(days=rng.randrange(days)) for _ in range(rng.randrange(8))]
    exceptions = {day: day_of(rng, grid) if rng.random() < 0.4 else [] for day in around}
    pauses = []
    for _ in range(rng.choice([0, 0, 1, 1, 2, 4])):
        start = base + timedelta(minutes=rng.randrange(-1440, days * 1440))
        pauses.append((start, start + timedelta(minutes=rng.choice([0, 30, 600, 1440, rng.randrange(6 * 1440)]))))
    unit = rng.choice(["wh", "wd", "cd", "wh", "wd", "cd", "h"])
    amount = rng.randint(1, 40 if unit in {"wh", "h"} else 8)
    return Case(zone, week_of(rng, grid), exceptions, base, amount, unit, pauses)

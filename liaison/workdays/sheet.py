"""A year of the calendar as people read it: twelve months, every day in its place, and what is special about it. Pure."""

import calendar as weeks
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from liaison.workdays.calendar import Name, WorkingCalendar
from liaison.workdays.segments import Segments

_ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a date is."""

    WORKING = "working"
    REST = "rest"
    "Closed as every week."
    HOLIDAY = "holiday"
    MADE_UP = "made-up"
    "Open though its weekday is closed."
    OTHER = "other"
    "Open with other hours than its weekday."


@dataclass(frozen=True, slots=True)
class Cell:
    """One date."""

    day: date
    kind: Kind
    name: Name | None
    segments: Segments


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that are special in the same way."""

    first: Cell
    last: Cell


@dataclass(frozen=True, slots=True)
class Month:
    """One month: weeks from Monday, gaps where another month's days would stand."""

    first: date
    weeks: list[list[Cell | None]]
    working: int
    special: list[Run] = field(default_factory=list)


def year_sheet(calendar: WorkingCalendar, year: int) -> list[Month]:
    """Twelve months."""
    return [_month(calendar, date(year, month, 1)) for month in range(1, 13)]


def cell_of(calendar: WorkingCalendar, day: date) -> Cell:
    """What a date is."""
    usual, own = calendar.week[day.weekday()], calendar.segments_on(day)
    return Cell(day, _kind(usual, own, named=day in calendar.exceptions), calendar.names.get(day), own)


def _kind(usual: Segments, own: Segments, *, named: bool) -> Kind:
    if not own:
        return Kind.HOLIDAY if named else Kind.REST
    if not usual:
        return Kind.MADE_UP
    return Kind.WORKING if own == usual else Kind.OTHER


def _month(calendar: WorkingCalendar, first: date) -> Month:
    days = [first + timedelta(days=n) for n in range(weeks.monthrange(first.year, first.month)[1])]
    cells = [cell_of(calendar, day) for day in days]
    padded: list[Cell | None] = [None] * first.weekday() + list(cells)
    padded += [None] * (-len(padded) % 7)
    rows = [padded[n : n + 7] for n in range(0, len(padded), 7)]
    return Month(first, rows, sum(bool(cell.segments) for cell in cells), list(_runs(cells)))


def _runs(cells: Iterable[Cell]) -> Iterator[Run]:
    run: Run | None = None
    for cell in cells:
        if run and _alike(run.last, cell):
            run = Run(run.first, cell)
            continue
        if run:
            yield run
        run = Run(cell, cell) if cell.kind not in {Kind.WORKING, Kind.REST} else None
    if run:
        yield run


def _alike(before: Cell, after: Cell) -> bool:
    same = (before.kind, before.name, before.segments) == (after.kind, after.name, after.segments)
    return same and after.day - before.day == _ONE_DAY

"""Segments of a day: from when to when offices work, by the clock on the wall."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from liaison.workdays.errors import CalendarError

DAY: Final = 86_400
"Seconds by the wall clock; how long a day lasts is the zone's affair."
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?", re.ASCII)
_MIDNIGHT: Final = {"24:00", "24:00:00"}


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """From ``start`` until ``end``, in seconds of the wall clock after midnight; 86,400 is 24:00."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{clock_text(self.start)}–{clock_text(self.end)}"


Segments = tuple[Segment, ...]
CLOSED: Final[Segments] = ()


def clock_text(seconds: int) -> str:
    """Seconds after midnight as people write them."""
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def clock_seconds(text: object) -> int:
    """Seconds after midnight of a time such as 09:00; 24:00 is the end of the day."""
    if not isinstance(text, str):
        raise CalendarError("bad_clock", text=str(text)[:40])
    if text in _MIDNIGHT:
        return DAY
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise CalendarError("bad_clock", text=text[:40])
    hours, minutes, seconds = match.groups()
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)


def segments_of(pairs: Iterable[object]) -> Segments:
    """Read pairs of times, in any order; refuses what overlaps, has no length or runs over midnight."""
    segments = tuple(sorted(_segment(pair) for pair in pairs))
    for first, second in pairwise(segments):
        if second.start < first.end:
            raise CalendarError("overlap", first=first, second=second)
    return segments


def _segment(pair: object) -> Segment:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:  # noqa: PLR2004 - a pair
        raise CalendarError("bad_pair")
    start, end = pair
    return _between(start, end) if isinstance(start, str) and isinstance(end, str) else _read(start, end)


def _read(first: object, last: object) -> Segment:
    start, end = clock_seconds(first), clock_seconds(last)
    if start == end:
        raise CalendarError("empty", start=clock_text(start), end=clock_text(end))
    if end < start:
        raise CalendarError("over_midnight", start=clock_text(start), end=clock_text(end))
    return Segment(start, end)


@lru_cache(maxsize=10_000)
def _between(first: str, last: str) -> Segment:
    """The same few hours stand in calendar after calendar."""
    return _read(first, last)

"""How hours are kept as data: lists of pairs of times, as ``manage.py due`` takes them."""

from collections.abc import Iterable

from liaison.workdays.segments import Segments, clock_text, segments_of

Pairs = list[list[str]]


def pairs_of(segments: Segments) -> Pairs:
    """To be stored."""
    return [[clock_text(each.start), clock_text(each.end)] for each in segments]


def week_pairs(week: Iterable[Segments]) -> list[Pairs]:
    """Seven days to be stored."""
    return [pairs_of(segments) for segments in week]


def week_of(stored: Iterable[Iterable[object]]) -> tuple[Segments, ...]:
    """Seven days as they were stored."""
    return tuple(segments_of(pairs) for pairs in stored)

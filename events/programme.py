"""When each item of a programme or an agenda begins."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Anything that takes minutes."""

    minutes: int


T = TypeVar("T", bound=Timed)


def timed(starts_at: datetime, items: Iterable[T]) -> Iterator[tuple[datetime, T]]:
    """The items with the moments at which they begin, one after the other."""
    for item in items:
        yield starts_at, item
        starts_at += timedelta(minutes=item.minutes)

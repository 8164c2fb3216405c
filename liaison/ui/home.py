"""The signed-in start page, "my work": apps register what they have for a person in ``AppConfig.ready``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from liaison.accounts.models import User
from liaison.workflow import Words


@dataclass(frozen=True)
class Entry:
    """One thing to do or to know, as one row of a card."""

    title: Words
    url: str
    note: Words = ""
    at: date | None = None
    light: str = ""
    "blue, yellow or red; empty shows none."
    remaining: Words = ""
    "The time left in words, beside the light."
    act_url: str = ""
    act: Words = ""
    "One thing that can be done at once, as a button in the row."


@dataclass(frozen=True)
class Card:
    """A group of work: what it is, how many, the first of them, and the list with all."""

    title: Words
    entries: list[Entry] = field(default_factory=list)
    count: int | None = None
    url: str = ""
    link: Words = ""
    empty: Words = ""
    "What to read when there is nothing."
    icon: str = ""
    tone: str = ""
    order: int = 50


Source = Callable[[User], Iterable[Card]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` add cards to everybody's start page; it returns none for those it has nothing for."""
    if source not in _sources:
        _sources.append(source)


def cards_for(user: User) -> list[Card]:
    """All cards of one person, the urgent ones first."""
    return sorted((card for source in _sources for card in source(user)), key=lambda card: card.order)

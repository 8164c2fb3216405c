"""Kinds of clocks, and what they are about: the room that keeps clocks registers its own in AppConfig.ready."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from django_stubs_ext import StrOrPromise as Words

from liaison.accounts.models import User
from liaison.clocks.models import Clock, Rung, Step
from liaison.workdays.limits import LimitUnit

Choices = Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class DefaultLimit:
    """A limit as it is delivered; an administrator edits it as data."""

    amount: int
    unit: LimitUnit
    nature: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class ClockKind:
    """One kind of deadline."""

    code: str
    label: Words
    limits: tuple[DefaultLimit, ...] = ()
    "None for kinds whose day is fixed each time."
    source: Words = ""
    "The law that sets it, where one does."
    most: DefaultLimit | None = None
    "Longer than this the law does not allow; shorter one may be, in the same unit."
    natures: Choices = ()
    urgencies: Choices = ()
    laddered: bool = True
    "Whether its end is watched by the ladder."
    internal: bool = False
    "Not for the eyes of the firm."


@dataclass(frozen=True)
class Firing:
    """A rung that is reached, claimed and checked under lock."""

    clock: Clock
    step: Step


@dataclass(frozen=True)
class Unheard:
    """A rung that was reached and that nobody has acknowledged in time."""

    firing: Firing
    above: Rung
    "The next rung up: whose people are told now."


def key_of(step: Step) -> str:
    """The once-only key of whatever is told about a rung."""
    return f"clock:{step.clock_id}:{step.cycle}:{step.level}"


@dataclass(frozen=True)
class Titled:
    """What a clock is about, as one reader may know it."""

    title: str
    url: str
    whose: str = ""
    "Who must move where the clock names no unit."


class Subjects(Protocol):
    """What the ladder asks of an app about its matters; always for many at once."""

    def lock(self, pks: Collection[int]) -> Mapping[int, object]:
        """Those rows that nobody else holds, locked until the transaction ends (SKIP LOCKED)."""

    def hold(self, pks: Collection[int]) -> None:
        """Lock all of these rows, in the order of their keys, waiting for whoever holds them."""

    def holds(self, firing: Firing, subject: object) -> bool:
        """Whether the rung's condition holds and the matter still waits; asked under the lock."""

    def fire(self, firings: Sequence[tuple[Firing, object]], now: datetime) -> Mapping[int, int]:
        """Write events, messages and what the rungs order; how many people are told by each step."""

    def unheard(self, rungs: Sequence[tuple[Unheard, object]], now: datetime) -> None:
        """Tell the people of the next rung up that nobody has acknowledged these."""

    def moved(self, clocks: Sequence[Clock], now: datetime) -> None:
        """The due moments of these clocks changed: copy them where the app keeps them."""

    def titles(self, clocks: Iterable[Clock], reader: User) -> Mapping[int, Titled]:
        """Of those clocks whose subject ``reader`` may see, the words, by the clock's key."""


_kinds: Final[dict[str, ClockKind]] = {}
_subjects: Final[dict[str, Subjects]] = {}


def register(*kinds: ClockKind) -> None:
    """Add kinds; the same one again changes nothing."""
    _kinds.update({kind.code: kind for kind in kinds})


def register_subjects(code: str, subjects: Subjects) -> None:
    """Say who answers for the clocks of one kind of matter."""
    _subjects[code] = subjects


def kinds() -> list[ClockKind]:
    """All kinds, in the order of their registration."""
    return list(_kinds.values())


def kind_of(code: str) -> ClockKind:
    """One kind; a code that no app knows any more is its own label."""
    return _kinds.get(code) or ClockKind(code, code)


def subjects_of(code: str) -> Subjects:
    """Who answers for these matters."""
    return _subjects[code]


def subject_codes() -> list[str]:
    """All kinds of matters that have clocks."""
    return list(_subjects)

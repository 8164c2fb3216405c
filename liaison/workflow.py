"""The only state machine of the project: a flow is a table of steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django_stubs_ext import StrOrPromise as Words

from liaison.accounts.models import User

__all__ = ["Flow", "NotYourStep", "Staged", "Step", "StepNotOpen", "Words"]


class Staged(Protocol):
    """Anything that stands at a stage."""

    stage: Any


S = TypeVar("S", bound=Staged)


class NotYourStep(PermissionDenied):
    """The person may see the matter but may never do this step (403)."""


class StepNotOpen(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """The step is not open (any more); ``reason`` says why in the reader's language (409)."""

    def __init__(self, step: "Step[Any]", subject: Any, reason: Words | None = None) -> None:
        super().__init__(f"{step.name} is not open at {subject.stage}")
        self.step, self.subject, self.reason = step, subject, reason


def _never(_subject: object, _now: datetime) -> None:
    return None


@dataclass(frozen=True)
class Step(Generic[S]):
    """One row of a flow: from which stages, to which, by whom, under which word on the button."""

    name: str
    sources: frozenset[str]
    targets: tuple[str, ...]
    "Where it may lead; none = it stays where it is."
    who: Callable[[S, User], bool]
    label: Words
    page: str = ""
    "The address's last part where several steps share one page (asking and deciding)."
    unless: Callable[[S, datetime], Words | None] = _never
    "Why the step is shut although the stage is right; None when it is open."
    told: bool = False
    "Whether the reason why it is shut is worth telling on the page: people wait for this step."
    grave: bool = False
    "Ends or takes back something: never the default button."

    @property
    def address(self) -> str:
        """The last part of the step's address."""
        return self.page or self.name


class Flow(Generic[S]):
    """A table of steps; guards, buttons, tests and the diagram are made from it."""

    def __init__(self, *steps: Step[S]) -> None:
        self._steps = {step.name: step for step in steps}

    def __iter__(self) -> Iterator[Step[S]]:
        return iter(self._steps.values())

    def __getitem__(self, name: str) -> Step[S]:
        return self._steps[name]

    def open_to(self, subject: S, user: User, now: datetime) -> list[Step[S]]:
        """Steps that ``user`` can do now, in the order of the table."""
        return [step for step in self if self._shut(step, subject, now) is None and step.who(subject, user)]

    def waiting_for(self, subject: S, user: User, now: datetime) -> list[tuple[Step[S], Words]]:
        """Steps of ``user`` that are shut for a reason worth telling, with the reason."""
        mine = [step for step in self if step.told and subject.stage in step.sources and step.who(subject, user)]
        return [(step, why) for step in mine if (why := step.unless(subject, now))]

    def at(self, address: str, subject: S, user: User, now: datetime) -> Step[S]:
        """The step that the page ``address`` means for ``user`` now: the open one, else the one that tells why not."""
        steps = [step for step in self if step.address == address]
        mine = [step for step in steps if step.who(subject, user)]
        for step in mine:
            if self._shut(step, subject, now) is None:
                return step
        return (mine or steps)[0]

    def check(self, name: str, subject: S, user: User, now: datetime) -> Step[S]:
        """Refuse with NotYourStep (403) or StepNotOpen (409)."""
        step = self[name]
        if not step.who(subject, user):
            raise NotYourStep
        return self.check_open(name, subject, now)

    def check_open(self, name: str, subject: S, now: datetime) -> Step[S]:
        """The same for whoever proves their right by something other than who they are: the holder of a link."""
        step = self[name]
        if (why := self._shut(step, subject, now)) is not None:
            raise StepNotOpen(step, subject, why or None)
        return step

    def take(self, name: str, subject: S, user: User, now: datetime, to: str | None = None) -> None:
        """Check, then move the locked subject; the caller saves it."""
        self.check(name, subject, user, now)
        self.move(name, subject, to)

    def move(self, name: str, subject: S, to: str | None = None) -> None:
        """Move a locked subject that was checked under this very lock."""
        targets = self[name].targets or (subject.stage,)
        target = to or (targets[0] if len(targets) == 1 else None)
        if target is None or target not in targets:
            message = f"{name} needs one of {targets}, not {to}"
            raise ValueError(message)
        subject.stage = target

    @staticmethod
    def _shut(step: Step[S], subject: S, now: datetime) -> Words | None:
        """Why the step is shut: None = open, "" = wrong stage, a sentence = another reason."""
        if subject.stage not in step.sources:
            return ""
        return step.unless(subject, now)

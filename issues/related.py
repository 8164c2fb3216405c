"""What upper rooms have that led to an issue: they say so for one reader, and the issue's page links there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from issues.models import Issue
from liaison.accounts.models import User
from liaison.workflow import Words


@dataclass(frozen=True)
class Related:
    """One thing beside an issue."""

    title: Words
    url: str
    note: Words = ""


Source = Callable[[Issue, User], Iterable[Related]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` name what its reader may see of it, and nothing else."""
    if source not in _sources:
        _sources.append(source)


def related_to(issue: Issue, user: User) -> list[Related]:
    """All that this reader may open."""
    return [found for source in _sources for found in source(issue, user)]

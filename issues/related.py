"""What apps above have that led to an issue: they say so for one reader, so that this app knows nothing of them.

A source asks the database nothing where there can be nothing: every issue's page calls it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from issues.models import Issue
from liaison.accounts.models import User
from liaison.workflow import Words


@dataclass(frozen=True)
class Related:
    """One thing beside an issue."""

    title: Words
    url: str = ""
    "Nothing where the reader may not see the place itself."
    note: Words = ""


Source = Callable[[Issue, User], Iterable[Related]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` name what its reader may know of it, and nothing else; the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def related_to(issue: Issue, user: User) -> list[Related]:
    """All that this reader may know; whoever may not know the firm is not asked to call this."""
    return [found for source in _sources for found in source(issue, user)]

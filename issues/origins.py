"""Where an issue came from: apps above say it in words, so that this one knows nothing of them."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from issues.models import Issue
from liaison.accounts.models import User


class Origin(NamedTuple):
    """One line of the issue's page."""

    words: str
    url: str = ""
    "Nothing where the reader may not see the place itself."


Loader = Callable[[Issue, User], Iterable[Origin]]
_loaders: Final[list[Loader]] = []


def register(loader: Loader) -> None:
    """Add who knows of origins; the same one again changes nothing."""
    if loader not in _loaders:
        _loaders.append(loader)


def origins_of(issue: Issue, reader: User) -> list[Origin]:
    """All that is known of where it came from; whoever may not know the firm is not asked to call this."""
    return [origin for loader in _loaders for origin in loader(issue, reader)]

"""Which pages stand in the header, the account menu and the footer; apps register theirs in ``AppConfig.ready``."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from liaison.accounts.models import User
from liaison.accounts.rights import Hats, hats_of
from liaison.workflow import Words

Shown = Callable[[User, Hats], bool]
Counted = Callable[[User], int]


class Place(StrEnum):
    """Where a link stands."""

    MAIN = "main"
    ACCOUNT = "account"
    FOOTER = "footer"
    START = "start"
    "What a person comes for, as a button above their work."


def everybody(_user: User, _hats: Hats) -> bool:
    """Everybody who is signed in."""
    return True


@dataclass(frozen=True)
class Link:
    """One page of the navigation. A link whose address does not exist (yet) is left out."""

    label: Words
    view: str
    icon: str = "file-text"
    place: Place = Place.MAIN
    order: int = 50
    shown: Shown = everybody
    public: bool = False
    "Visitors who are not signed in see it too."
    count: Counted | None = None
    "One cheap query, capped; 0 shows nothing."
    count_word: Words = ""


@dataclass(frozen=True)
class Drawn:
    """A link as one page shows it."""

    label: Words
    url: str
    icon: str
    here: str
    "Value of aria-current: this page, a page below it, or nothing."
    count: int
    count_word: Words


@dataclass(frozen=True)
class Standing:
    """For whom the person acts now ("for Example Ltd"), and where that is changed."""

    words: Words
    url: str = ""
    act: Words = ""


_links: list[Link] = []
_standings: list[Callable[[HttpRequest], Standing | None]] = []


def register(*links: Link) -> None:
    """Add pages to the navigation; the same page registered twice stands there once."""
    known = {(link.place, link.view) for link in _links}
    _links.extend(link for link in links if (link.place, link.view) not in known)
    _links.sort(key=lambda link: link.order)


def register_standing(standing: Callable[[HttpRequest], Standing | None]) -> None:
    """Let an app say for whom a signed-in person acts."""
    if standing not in _standings:
        _standings.append(standing)


def standing_of(request: HttpRequest) -> Standing | None:
    """For whom the signed-in person acts on this request."""
    return next((found for source in _standings if (found := source(request))), None)


def links_for(request: HttpRequest | None, place: Place) -> list[Drawn]:
    """Pages of ``place`` that this visitor may open, the one they are on marked."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    open_links = [
        (link, url) for link in _links if link.place == place and _may_see(link, person) and (url := address_of(link.view))
    ]
    path = request.path if request else ""
    above = max((url for _link, url in open_links if url != "/" and path.startswith(url)), key=len, default="")
    return [_draw(link, url, person, "page" if url == path else "true" if url == above else "") for link, url in open_links]


def _may_see(link: Link, person: User | None) -> bool:
    return link.public if person is None else link.shown(person, hats_of(person))


def address_of(view: str) -> str:
    """The address of a page by name; empty where it does not exist."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _draw(link: Link, url: str, person: User | None, here: str) -> Drawn:
    count = link.count(person) if link.count and person else 0
    return Drawn(link.label, url, link.icon, here, count, link.count_word)

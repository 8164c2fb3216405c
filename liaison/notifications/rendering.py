"""From a row with ids to words: the room that sent a notice says what its ids mean, at the moment of reading."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from liaison.accounts.models import User
from liaison.notifications.models import Notification

Context = dict[str, Any]
Loader = Callable[[Sequence[Notification]], Mapping[int, Context]]
"""Takes many notices at once (few queries), gives by primary key what the templates need. Known names: ``url`` (path of the
thing), ``why`` (why the reader gets it), ``sensitive`` (no content by any way that leaves the portal), ``guarded`` (none for a
group either: not everybody in it may know), ``to`` (an address other than the reader's own), ``calendar`` (makes, of the address
written to, the entry for the reader's calendar: content and MIME type).
A notice that is left out is about something its reader may not see (any more)."""

_LOADERS: Final[dict[str, Loader]] = {}


class NotForReader(Exception):  # noqa: N818 - an answer, not an error of the program
    """The thing is gone, or its reader may not see it any more."""


def register(prefix: str, loader: Loader) -> None:
    """Let ``loader`` explain all kinds that begin with ``prefix``; called in AppConfig.ready."""
    _LOADERS[prefix] = loader


@dataclass(frozen=True)
class Message:
    """A notice in words."""

    notification: Notification
    context: Context = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the reader finds the thing."""
        return str(self.context.get("url") or "")

    @property
    def is_sealed(self) -> bool:
        """Whether nothing but "sign in to read" may leave the portal."""
        return bool(self.context.get("sensitive"))

    @property
    def is_guarded(self) -> bool:
        """The same for a group of people who may not all know it."""
        return self.is_sealed or bool(self.context.get("guarded"))

    @property
    def why(self) -> str:
        """Why the reader gets it."""
        return str(self.context.get("why") or "")

    @property
    def subject(self) -> str:
        """One line."""
        return self.line()

    def line(self, *, sealed: bool = False) -> str:
        """The subject in one line, sealed where it leaves the portal."""
        return " ".join(self.part("subject.txt", sealed=sealed).split())

    def address(self, *, sealed: bool = False) -> str:
        """The whole address of the thing; sealed, of the inbox, for an issue's number says something, too."""
        path = reverse("inbox") if sealed else self.url
        return f"{settings.PORTAL_URL}{path}" if path.startswith("/") else path

    @property
    def text(self) -> str:
        """The plain words."""
        return self.part("body.txt").strip()

    def part(self, name: str, *, sealed: bool = False) -> str:
        """One of the kind's three templates; sealed, the one that says only "sign in to read"."""
        kind = "sealed" if sealed else self.notification.kind
        known = {"notification": self.notification, "portal_url": settings.PORTAL_URL}
        return render_to_string(f"notices/{kind}/{name}", {**self.context, **known})


def messages_of(notifications: Iterable[Notification]) -> list[Message]:
    """All that their readers may still see, in the given order."""
    wanted = list(notifications)
    found: dict[int, Context] = {}
    for loader, rows in _by_loader(wanted).items():
        found.update(loader(rows) if loader else {row.pk: {} for row in rows})
    return [Message(row, {**row.context, **found[row.pk]}) for row in wanted if row.pk in found]


def message_of(notification: Notification) -> Message:
    """One notice in words; refuses what its reader may not see."""
    messages = messages_of([notification])
    if not messages:
        raise NotForReader(notification.pk)
    return messages[0]


def language_of(reader: User) -> str:
    """The language of the reader, the portal's first language if they never chose."""
    return reader.language or settings.LANGUAGE_CODE


def _by_loader(notifications: Sequence[Notification]) -> dict[Loader | None, list[Notification]]:
    groups: dict[Loader | None, list[Notification]] = {}
    for row in notifications:
        prefixes = [prefix for prefix in _LOADERS if row.kind.startswith(prefix)]
        loader = _LOADERS[max(prefixes, key=len)] if prefixes else None
        groups.setdefault(loader, []).append(row)
    return groups

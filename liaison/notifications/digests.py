"""Many messages as one: a line and a link for each, none left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.notifications.models import Delivery, Gathers, Notification
from liaison.notifications.rendering import Message, NotForReader, messages_of
from liaison.notifications.turns import keep

PORTION: Final = 1_000
"So many lines are written at a time."


@dataclass(frozen=True)
class Line:
    """One message of a digest."""

    subject: str
    url: str


@dataclass(frozen=True)
class Digest:
    """What a person or a group is told at once."""

    lines: Sequence[Line]
    daily: bool

    @property
    def subject(self) -> str:
        """How many there are."""
        count = len(self.lines)
        return ngettext("%(count)d message from the portal", "%(count)d messages from the portal", count) % {"count": count}

    @property
    def why(self) -> str:
        """Why they come together."""
        if self.daily:
            return _("You chose one e-mail a day on your page “Messages”.")
        return _("So many messages came within an hour that they are sent as one list.")

    @property
    def address(self) -> str:
        """Where all of them can be read."""
        return f"{settings.PORTAL_URL}{reverse('inbox')}"


def digest_of(delivery: Delivery) -> Digest:
    """The members that their reader may still see; in the language of the moment."""
    lines = [line for some in _portions(delivery) for line in _lines(some, group=delivery.robot_id is not None)]
    if not lines:
        raise NotForReader(delivery.pk)
    return Digest(lines, delivery.gathers == Gathers.DAILY)


def _portions(delivery: Delivery) -> Iterator[list[Notification]]:
    """Some at a time: memory stays small, and the lease is renewed before each, so that no list outlasts it."""
    members = Notification.objects.filter(deliveries__digest=delivery).prefetch_related("recipient").order_by("created_at", "pk")
    pks = list(members.values_list("pk", flat=True))
    for start in range(0, len(pks), PORTION):
        keep(delivery)
        yield list(members.filter(pk__in=pks[start : start + PORTION]))
    keep(delivery)


def _lines(members: Iterable[Notification], *, group: bool) -> list[Line]:
    return [_line(message, message.is_guarded if group else message.is_sealed) for message in messages_of(members)]


def _line(message: Message, sealed: bool) -> Line:  # noqa: FBT001
    return Line(message.line(sealed=sealed), message.address(sealed=sealed))

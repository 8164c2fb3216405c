"""Many messages as one: a line and a link for each, none left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.notifications.models import Delivery, Gathers, Notification
from liaison.notifications.rendering import Message, NotForReader, messages_of


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
    members = Notification.objects.filter(deliveries__digest=delivery).select_related("recipient").order_by("created_at", "pk")
    group = delivery.robot_id is not None
    lines = [_line(message, message.is_guarded if group else message.is_sealed) for message in messages_of(members)]
    if not lines:
        raise NotForReader(delivery.pk)
    return Digest(lines, delivery.gathers == Gathers.DAILY)


def _line(message: Message, sealed: bool) -> Line:  # noqa: FBT001
    return Line(message.line(sealed=sealed), message.address(sealed=sealed))

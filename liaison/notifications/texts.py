"""Short words for text messages and group robots: the subject line and a link, in as many characters as there are."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from liaison.notifications.digests import Digest
from liaison.notifications.rendering import Message

SMS: Final = 70
ROBOT: Final = 500


def sms_of(message: Message) -> str:
    """One text message."""
    sealed = message.is_sealed
    return _fitting(message.line(sealed=sealed), message.address(sealed=sealed), SMS)


def sms_of_digest(digest: Digest) -> str:
    """How many there are, and where."""
    return _fitting(digest.subject, digest.address, SMS)


def post_of(message: Message) -> str:
    """What a group reads: nothing that one of its people may not know, and why it stands there."""
    sealed = message.is_guarded
    return _fitting(message.line(sealed=sealed), message.address(sealed=sealed), ROBOT, _why())


def post_of_digest(digest: Digest) -> str:
    """As many lines as fit, and where all of them are."""
    text = f"{digest.subject} {digest.address}\n{_why()}"
    for line in digest.lines:
        longer = f"{text}\n- {line.subject}"
        if len(longer) > ROBOT:
            break
        text = longer
    return text


def _why() -> str:
    return _("This group gets it because it is the group of your unit in the portal.")


def _fitting(words: str, url: str, most: int, why: str = "") -> str:
    """Words are cut, a link never is; one that is too long leads to the inbox."""
    address = url or f"{settings.PORTAL_URL}{reverse('inbox')}"
    if len(address) > most - 20:
        address = f"{settings.PORTAL_URL}{reverse('inbox')}"
    tail = f" {address}" + (f"\n{why}" if why else "")
    room = max(most - len(tail), 0)
    return (words if len(words) <= room else f"{words[: max(room - 1, 0)]}…") + tail

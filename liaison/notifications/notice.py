"""What is told to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from liaison.accounts.models import User
from liaison.notifications.models import Channel


@dataclass(frozen=True)
class Notice:
    """What is told to whom; ``key`` makes it once-only for each recipient and kind."""

    kind: str
    key: str
    recipients: Iterable[User]
    context: dict[str, Any] = field(default_factory=dict)
    "Ids and numbers only; words are made of them when the message is read (rendering.register)."
    channels: tuple[Channel, ...] | None = None
    "Fixed ways instead of the person's own: a forgotten password is not told to the inbox behind it. It goes at once and alone."
    units: Iterable[int] = ()
    "Units whose group robots say it, too, once for each group, when somebody is told at all."
    urgent: bool = False
    "Goes out at night and on days off."
    must_reach: bool = False
    "Nobody to tell is an alarm (alarms.py)."

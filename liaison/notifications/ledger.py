"""The ledger of messages: to whom, when, by which way, with what result; never what."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from liaison.notifications.kinds import group_of
from liaison.notifications.models import Delivery, DeliveryState, Gathers
from liaison.workflow import Words

TONES = {
    DeliveryState.SENT: "success",
    DeliveryState.FAILED: "danger",
    DeliveryState.SUPERSEDED: "neutral",
}


REASONS = {
    "the address was refused before": _("the address was refused before"),
    "not for this reader any more": _("not for this reader any more"),
    "the robot was refused before": _("the robot was refused before"),
    "no mobile number": _("no mobile number"),
    "no address": _("no address"),
}
"Our own words; a provider's code stands as it is."


@dataclass(frozen=True)
class Entry:
    """One delivery as the ledger shows it."""

    delivery: Delivery

    @property
    def whom(self) -> str:
        """The person, or the unit whose group it is."""
        if self.delivery.recipient:
            return str(self.delivery.recipient)
        return str(self.delivery.robot.unit) if self.delivery.robot else "–"

    @property
    def about(self) -> Words:
        """The group of messages, no more."""
        if self.delivery.notification is None:
            return Gathers(self.delivery.gathers).label
        return group_of(self.delivery.notification.kind).label

    @property
    def final(self) -> Delivery:
        """The digest's fate is that of its members."""
        return self.delivery.digest or self.delivery

    @property
    def tone(self) -> str:
        """How the result is coloured, beside its word."""
        return TONES.get(DeliveryState(self.final.state), "info")

    @property
    def waits(self) -> bool:
        """Whether there is a next try."""
        return self.final.state in {DeliveryState.CREATED, DeliveryState.SENDING}

    @property
    def reason(self) -> Words:
        """Why it failed, or waits."""
        return REASONS.get(self.final.error, self.final.error)

    @property
    def failed(self) -> bool:
        """Whether it can be sent again from here; a digest is sent again as a whole."""
        return self.delivery.state == DeliveryState.FAILED


def entries_of(rows: Iterable[Delivery]) -> list[Entry]:
    """Rows as the page shows them."""
    return [Entry(row) for row in rows]

"""What a provider's answer means for a message. The words are ours: providers repeat numbers and addresses in theirs."""

from dataclasses import dataclass


class Undeliverable(Exception):  # noqa: N818 - trying again is of no use
    """The message can never be sent this way."""


class AddressRefused(Undeliverable):
    """The provider says that this address, number or robot does not exist (any more)."""


class TakenOver(Exception):  # noqa: N818 - an answer of the outbox
    """The lease ran out and another worker has the delivery now."""


@dataclass
class Later(Exception):  # noqa: N818 - an answer of the provider
    """Try again: the provider is away, busy, or says something that nobody understands."""

    words: str
    after: int | None = None
    "Seconds that the provider asks us to wait."
    limited: bool = False
    "We were too fast: the message is not to blame."
    whole_way: bool = False
    "Nothing else will get through this way now either."

    def __str__(self) -> str:
        return self.words

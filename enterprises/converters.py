"""Parts of addresses."""

from typing import ClassVar


class CreditCodeConverter:
    """The 18 characters of a credit code."""

    regex: ClassVar[str] = "[0-9A-HJ-NPQRTUWXY]{18}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value

"""Text for paper: what has no shape on paper is left out."""

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

UNPRINTABLE: Final = {"Cc", "Cs"}
"Controls, and halves of characters that came apart: neither XML nor a font has them."


def printable(text: str) -> str:
    """The text without controls; its lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in UNPRINTABLE)


def all_printable(facts: Any) -> Any:
    """The same for every text in lists and records."""
    if isinstance(facts, str):
        return printable(facts)
    if isinstance(facts, Mapping):
        return {key: all_printable(value) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [all_printable(value) for value in facts]
    return facts

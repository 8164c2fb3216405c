"""Words as people see them: marks that only mislead go, and what shows nothing counts as nothing."""

import re
import unicodedata
from typing import Final

DIRECTION_MARKS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BLANK_LETTERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"Letters by the book, but nothing is drawn for them."


def plain(text: str) -> str:
    """One sign for each line end, no marks that turn the reading direction; empty when there is nothing to see."""
    text = DIRECTION_MARKS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if any(map(_is_seen, text)) else ""


def _is_seen(sign: str) -> bool:
    return sign == "\x00" or (unicodedata.category(sign) not in {"Cc", "Cf", "Zs", "Zl", "Zp"} and sign not in BLANK_LETTERS)

"""Text for spreadsheets: what a spreadsheet would take for a formula gets an apostrophe in front."""

from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The same words, never evaluated (ASVS 1.2.10)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text

"""Imported rows in words."""

from dataclasses import dataclass
from typing import Any

from enterprises.enums import Verdict
from enterprises.models import ImportRow
from enterprises.rows import PROBLEMS
from enterprises.tables import CHOICES, SEPARATOR, heading

TONES = {Verdict.CREATE: "success", Verdict.UPDATE: "info", Verdict.SAME: "neutral", Verdict.ERROR: "danger"}


@dataclass(frozen=True)
class ShownRow:
    """One row of the page."""

    row: ImportRow
    tone: str
    errors: list[str]
    changes: list[tuple[str, str, str]]


def shown_row(row: ImportRow) -> ShownRow:
    """Errors as sentences, changes as before and after, in the reader's language."""
    errors = [f"{heading(error['column'])}: {str(PROBLEMS[error['problem']]) % error['params']}" for error in row.errors]
    changes = [(heading(name), _words(name, before), _words(name, after)) for name, (before, after) in row.changes.items()]
    return ShownRow(row, TONES[Verdict(row.verdict)], errors, changes)


def _words(column: str, value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    if column in CHOICES:
        return str(dict(CHOICES[column].choices).get(value, value))
    return value or ""

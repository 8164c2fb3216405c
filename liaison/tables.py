"""Tables as files: cells are text and nothing else, whatever a spreadsheet would like to compute."""

import csv
import io
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import xlsxwriter

BOM: Final = "\ufeff"
"Without it Excel takes the file for one in its own encoding."
DANGEROUS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
FIRST_WIDTH, WIDTH, COLUMNS = 36, 20, 60


class Format(StrEnum):
    """Kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What the browser is told."""
        if self is Format.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def guarded(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute; a text that looks guarded already is guarded once more."""
    return f"'{text}" if text.startswith(DANGEROUS) or is_guarded(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if is_guarded(text) else text


def is_guarded(text: str) -> bool:
    """Whether a quote stands before what would be dangerous, or before another such quote."""
    return text.startswith("'") and (text[1:].startswith(DANGEROUS) or is_guarded(text[1:]))


def guarded_rows(rows: Iterable[Iterable[str]]) -> Iterable[list[str]]:
    """All cells made harmless."""
    return ([guarded(cell) for cell in row] for row in rows)


def write_table(rows: Iterable[Iterable[str]], kind: Format) -> bytes:
    """A file whose cells are text and nothing else."""
    return (_csv if kind is Format.CSV else _xlsx)(guarded_rows(rows))


def _csv(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return (BOM + text.getvalue()).encode()


def _xlsx(rows: Iterable[list[str]]) -> bytes:
    made = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, 0, FIRST_WIDTH, text)
        sheet.set_column(1, COLUMNS, WIDTH, text)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, text)
        sheet.freeze_panes(1, 0)
    return made.getvalue()

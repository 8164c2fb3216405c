"""Reading a table that somebody handed in: bounded, and with every cell as plain text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from enterprises.tables import COLUMNS, REQUIRED, columns_by_heading, heading, normal
from liaison.tables import Format, unguarded

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_UNPACKED: Final = 80 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
MOST_CHARACTERS: Final = 1_000
HEAD_ROWS: Final = 5
"A title may stand above the headings."


class Unreadable(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """The file cannot be used as a whole; ``reason`` says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


Row = tuple[int, dict[str, str]]


def read_table(content: bytes, kind: Format) -> Iterator[Row]:
    """Row numbers as the spreadsheet shows them, and the cells of the known columns; empty rows are passed over."""
    rows = enumerate(_csv_rows(content) if kind is Format.CSV else _xlsx_rows(content), 1)
    columns = _head(islice(rows, HEAD_ROWS))
    for number, cells in rows:
        if number > MOST_ROWS + HEAD_ROWS:
            raise Unreadable(_("The file has more than 20,000 rows. Divide it."))
        if any(cells):
            yield number, {column: unguarded(cells[place]) if place < len(cells) else "" for place, column in columns.items()}


def _head(rows: Iterable[tuple[int, list[str]]]) -> dict[int, str]:
    """Which column stands where; rows above the headings are passed over."""
    known = columns_by_heading()
    for _number, cells in rows:
        found = {place: known[normal(cell)] for place, cell in enumerate(cells) if normal(cell) in known}
        if "credit_code" in found.values():
            return _checked_head(found)
    raise Unreadable(_("No row of headings was found. Start from the template."))


def _checked_head(found: dict[int, str]) -> dict[int, str]:
    columns = {place: column for place, column in found.items() if column in COLUMNS}
    if missing := [column for column in REQUIRED if column not in columns.values()]:
        raise Unreadable(_("These columns are missing: %s") % ", ".join(heading(column) for column in missing))
    if len(set(columns.values())) < len(columns):
        raise Unreadable(_("A column stands there twice."))
    return columns


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    separator = dialect.delimiter
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False):
            yield [as_text(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error:
        raise Unreadable(_("The file is damaged.")) from None


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, else the encoding of Chinese office programs."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file is neither in UTF-8 nor in GB18030."))


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked > MOST_UNPACKED:
            raise Unreadable(_("The file grows too large when it is unpacked."))  # noqa: TRY301 - passed on two lines below
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_ROWS + HEAD_ROWS + 1, max_col=MOST_COLUMNS, values_only=True):
            yield [as_text(cell) for cell in row]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(_("The file is damaged.")) from error


def as_text(cell: object) -> str:
    """What stands in a cell, as text: a formula is the text of the formula, never its result."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    return str(cell).strip(" \u3000\xa0")[:MOST_CHARACTERS]

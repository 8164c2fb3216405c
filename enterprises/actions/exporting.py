"""Taking a list of enterprises away as a file."""

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from enterprises.models import Enterprise
from enterprises.tables import COLUMNS, Format, guarded_rows, heading, headings, row_of
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.audit.actions import record
from liaison.audit.models import AuditTag

BOM = "\ufeff"
"Without it Excel takes the file for one in its own encoding."
CHUNK = 500


def export_enterprises(
    rows: QuerySet[Enterprise], kind: Format, *, filters: Iterable[str], by: User, request: HttpRequest | None = None
) -> bytes:
    """The rows as a file, and an entry in the record: who took how many, by which filters."""
    if not hats_of(by).may(Right.EXPORT):
        raise PermissionDenied
    ordered = rows.select_related("town", "park").prefetch_related("labels").order_by("credit_code")
    table = [headings(), *(row_of(enterprise) for enterprise in ordered.iterator(CHUNK))]
    detail = {"rows": len(table) - 1, "filters": sorted(filters), "format": kind.value}
    record(AuditTag.EXPORTED, by=by, subject="enterprises", detail=detail, request=request)
    return write_table(table, kind)


def import_template(kind: Format) -> bytes:
    """An empty table with the words that the import understands."""
    return write_table([[heading(column) for column in COLUMNS]], kind)


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
        sheet.set_column(0, 0, 36, text)
        sheet.set_column(1, len(COLUMNS), 20, text)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, text)
        sheet.freeze_panes(1, 0)
    return made.getvalue()

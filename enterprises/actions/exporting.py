"""Taking a list of enterprises away as a file."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from enterprises.models import Enterprise
from enterprises.tables import COLUMNS, heading, headings, row_of
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.tables import Format, write_table

CHUNK = 500


def export_enterprises(
    rows: QuerySet[Enterprise], kind: Format, *, filters: Iterable[str], by: User, request: HttpRequest | None = None
) -> bytes:
    """The rows as a file, and an entry in the record: who took how many, by which filters."""
    if not hats_of(by).may(Right.EXPORT):
        raise PermissionDenied
    ordered = rows.select_related("town", "park").prefetch_related("labels", "memberships__chamber").order_by("credit_code")
    table = [headings(), *(row_of(enterprise) for enterprise in ordered.iterator(CHUNK))]
    detail = {"rows": len(table) - 1, "filters": sorted(filters), "format": kind.value}
    record(AuditTag.EXPORTED, by=by, subject="enterprises", detail=detail, request=request)
    return write_table(table, kind)


def import_template(kind: Format) -> bytes:
    """An empty table with the words that the import understands."""
    return write_table([[heading(column) for column in COLUMNS]], kind)

"""Issues as a file: only what the person may read, recorded."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from issues.models import Issue
from issues.queries import Asker
from issues.rows import standings_of
from issues.story import Reader
from liaison.accounts.rights import Right
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.parameters.models import parameter
from liaison.tables import Format, write_table

CHUNK = 500


class TooManyRows(Exception):  # noqa: N818 - an answer to who asked
    """The list is longer than a file may be."""


def export_issues(
    rows: QuerySet[Issue], kind: Format, *, filters: Mapping[str, str], asker: Asker, request: HttpRequest | None = None
) -> bytes:
    """The rows as a file, and an entry in the record: who took how many, by which filters."""
    if not asker.may_any(Right.EXPORT):
        raise PermissionDenied
    most = parameter("issues.export_rows")
    table = [headings()]
    sensitive = 0
    ordered = (
        rows.select_related("enterprise", "category", "lead_unit")
        .prefetch_related(*standings_of(asker))
        .order_by("-submitted_at", "-pk")
    )
    for issue in ordered[: most + 1].iterator(CHUNK):
        table.append(cells_of(issue, Reader(issue, asker.user)))
        sensitive += issue.sensitive
    if len(table) > most + 1:
        raise TooManyRows(_("The list has more than %(most)d rows; narrow it first.") % {"most": most})
    # What was searched for may be a name: the record keeps which filters were used, and the codes of all but the search.
    used = {name: "…" if name == "q" else value for name, value in filters.items()}
    detail = {"rows": len(table) - 1, "sensitive": sensitive, "filters": used, "format": kind.value}
    record(AuditTag.EXPORTED, by=asker.user, subject="issues", detail=detail, request=request)
    return write_table(table, kind)


def headings() -> list[str]:
    """The first row."""
    return [
        _("Number"),
        _("Title"),
        _("Enterprise"),
        _("Category"),
        _("Nature"),
        _("Type"),
        _("Channel"),
        _("Urgency"),
        _("Stage"),
        _("Round"),
        _("Lead unit"),
        _("Outcome"),
        _("Submitted"),
        _("Dispatched"),
        _("Due"),
        _("Answered"),
        _("Closed"),
    ]


def cells_of(issue: Issue, reader: Reader) -> list[str]:
    """One issue, as its reader may know it."""
    words = [
        issue.number,
        reader.masked(issue.title),
        reader.firm_name,
        issue.category,
        issue.get_nature_display(),
        issue.get_kind_display(),
        issue.get_channel_display(),
        issue.get_urgency_display(),
        issue.get_stage_display(),
        issue.round,
        issue.lead_unit,
        issue.get_outcome_display(),
    ]
    moments = [issue.submitted_at, issue.dispatched_at, issue.due_at, issue.answered_at, issue.closed_at]
    return ["" if word is None else str(word) for word in words] + [*map(_written, moments)]


def _written(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""

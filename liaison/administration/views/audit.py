"""The audit record: read by one administrator, and each reading is in it."""

import csv
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right
from liaison.administration.entrances import administrator
from liaison.administration.forms.audit import AuditFilter
from liaison.audit.actions import record
from liaison.audit.models import AuditEntry, AuditTag
from liaison.moments import clock
from liaison.tables import guarded
from liaison.ui.paging import count_up_to, keyset_page

HEADINGS = ("id", "at", "act", "person", "address", "subject", "detail", "hash")


@administrator(Right.READ_AUDIT)
def listing(request: SignedInRequest) -> HttpResponse:
    """What happened, newest first."""
    form = AuditFilter(request.GET)
    rows = _found(form.cleaned_data) if form.is_valid() else AuditEntry.objects.none()
    page, count = keyset_page(rows, request.GET, by="-id", size=50), count_up_to(rows)
    wanted = {key: value for key, value in request.GET.items() if key in form.fields and value}
    record(AuditTag.READ_AUDIT, by=request.user, subject=request.path, detail={"wanted": wanted}, request=request)
    return render(
        request, "audit/record.html", {"filter": form, "page": page, "count": count}, status=200 if form.is_valid() else 400
    )


@require_POST
@administrator(Right.READ_AUDIT)
def export(request: SignedInRequest) -> HttpResponseBase:
    """The same as CSV for a spreadsheet; cells that look like formulas are made harmless."""
    form = AuditFilter(request.POST)
    rows = _found(form.cleaned_data) if form.is_valid() else AuditEntry.objects.none()
    record(AuditTag.EXPORTED, by=request.user, subject="audit", detail={"rows": rows.count()}, request=request)
    name = f"audit-{clock.today().isoformat()}.csv"
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(wanted: dict[str, Any]) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.all()
    if wanted["tag"]:
        rows = rows.filter(tag=wanted["tag"])
    if wanted["actor"]:
        rows = rows.filter(actor=User.objects.by_login(wanted["actor"]) or 0)
    if wanted["subject"]:
        rows = rows.filter(subject__contains=wanted["subject"])
    zone = timezone.get_current_timezone()
    if wanted["first"]:
        rows = rows.filter(at__gte=datetime.combine(wanted["first"], time.min, zone))
    if wanted["last"]:
        rows = rows.filter(at__lte=datetime.combine(wanted["last"], time.max, zone))
    return rows


class _Echo:
    """What csv.writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: QuerySet[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # Excel takes the file for UTF-8
    yield writer.writerow(HEADINGS)
    for row in rows.order_by("pk").iterator(2000):
        values = (row.pk, row.at.isoformat(), row.tag, row.actor_name, row.address or "", row.subject, row.detail or "", row.hash)
        yield writer.writerow([guarded(str(value)) for value in values])

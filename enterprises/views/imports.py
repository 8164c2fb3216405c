"""Taking over a list of enterprises, step by step; each page may be left and returned to."""

from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enterprises.actions.exporting import import_template
from enterprises.actions.importing import IN_WORK, confirm_run, discard_run, hand_in, work
from enterprises.actions.people import NotPossible
from enterprises.enums import RunState, Verdict
from enterprises.forms.importing import ImportForm
from enterprises.models import ImportRun
from enterprises.views.import_rows import shown_row
from enterprises.views.lookup import not_possible
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.moments import clock
from liaison.tables import Format
from liaison.ui.forms import render_form_page
from liaison.ui.paging import keyset_page

AT_ONCE = 2.0
"Seconds that the person may wait for; small lists are done by then, the worker goes on with large ones."


@right_required(Right.VERIFY_ENTERPRISES)
def imports(request: SignedInRequest) -> HttpResponse:
    """Hand in a file; earlier imports below."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        sent = form.cleaned_data["file"]
        run = hand_in(form.content(), file_name=sent.name, by=request.user, now=clock.now())
        return redirect(work(run, now=clock.now(), seconds=AT_ONCE))
    runs = ImportRun.objects.select_related("by").defer("content")[:20]
    return render_form_page(request, "enterprises/import.html", form, {"runs": runs})


@require_safe
@right_required(Right.VERIFY_ENTERPRISES)
def template(request: SignedInRequest, extension: str) -> HttpResponse:  # noqa: ARG001
    """An empty table to fill in."""
    kind = Format(extension)
    headers = {"Content-Disposition": f'attachment; filename="enterprises-template.{extension}"'}
    return HttpResponse(import_template(kind), content_type=kind.media_type, headers=headers)


@require_safe
@right_required(Right.VERIFY_ENTERPRISES)
def import_run(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How far it is; what each row means; what can be done now."""
    run = _run(public_id)
    counted = dict(run.rows.order_by().values_list("verdict").annotate(Count("pk")))
    wanted = request.GET.get("verdict", "")
    rows = run.rows.filter(verdict=wanted) if wanted in Verdict.values else run.rows.all()
    page = keyset_page(rows, request.GET, by="number", size=50)
    context = {
        "run": run,
        "counts": [(verdict, counted.get(verdict.value, 0)) for verdict in Verdict],
        "wanted": wanted,
        "page": page,
        "rows": [shown_row(row) for row in page],
        "in_work": run.state in IN_WORK,
        "may_confirm": run.state == RunState.CHECKED and bool(counted.get(Verdict.CREATE) or counted.get(Verdict.UPDATE)),
        "may_discard": run.state == RunState.CHECKED,
        "faulty": counted.get(Verdict.ERROR, 0),
    }
    return render(request, "enterprises/import_run.html", context)


@require_POST
@right_required(Right.VERIFY_ENTERPRISES)
def import_confirm(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take over what the check has shown."""
    try:
        run = confirm_run(_run(public_id), by=request.user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer)
    return redirect(work(run, now=clock.now(), seconds=AT_ONCE))


@require_POST
@right_required(Right.VERIFY_ENTERPRISES)
def import_discard(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take over nothing."""
    try:
        discard_run(_run(public_id), by=request.user)
    except NotPossible as answer:
        return not_possible(request, answer)
    return redirect("enterprises:imports")


def _run(public_id: UUID) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("by").defer("content"), public_id=public_id)

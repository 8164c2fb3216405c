"""Taking a list of issues away as a file."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.actions.exporting import TooManyRows, export_issues
from issues.forms.filters import FilterForm
from issues.queries import Asker, sent_to
from issues.worklists import worklists
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.moments import clock
from liaison.tables import Format


@require_safe
@right_required(Right.EXPORT)
def export(request: SignedInRequest, extension: str) -> HttpResponse:
    """The same list with the same filters, as a file; recorded."""
    asker = Asker(request.user, clock.now())
    form = FilterForm(request.GET, lists=worklists(asker))
    if not form.is_valid():
        return _refused(request, form)
    rows = form.narrow(form.worklist.rows(asker, sent_to(asker)), asker)
    asked = {
        "view": form.worklist.key,
        **{name: value for name in form.fields if (value := request.GET.get(name)) and name != "view"},
    }
    try:
        made = export_issues(rows, Format(extension), filters=asked, asker=asker, request=request)
    except TooManyRows as answer:
        form.add_error(None, str(answer))
        return _refused(request, form)
    headers = {
        "Content-Disposition": f'attachment; filename="issues-{clock.today():%Y%m%d}.{extension}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=Format(extension).media_type, headers=headers)


def _refused(request: SignedInRequest, form: FilterForm) -> HttpResponse:
    """Say what to change; nothing is written."""
    return render(request, "issues/lists/export_refused.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)

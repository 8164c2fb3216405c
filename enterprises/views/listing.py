"""The list of enterprises, and taking it away as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enterprises.acting import acting_enterprise
from enterprises.actions.exporting import export_enterprises
from enterprises.forms.filters import FilterForm
from enterprises.models import Enterprise
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right, hats_of
from liaison.moments import clock
from liaison.tables import Format
from liaison.ui.paging import count_up_to, keyset_page


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """All enterprises that the person may read."""
    form = FilterForm(request.GET)
    rows = form.narrow(Enterprise.objects.visible_to(request.user))
    page = keyset_page(rows.for_list(), request.GET, by="-applied_at")  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": page,
        "count": count_up_to(rows),
        "may_export": hats_of(request.user).may(Right.EXPORT),
        "may_import": hats_of(request.user).may(Right.VERIFY_ENTERPRISES),
        "reads_all": hats_of(request.user).may(Right.READ_ENTERPRISES),
    }
    return render(request, "enterprises/list.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The page of the enterprise for which the person acts."""
    enterprise = acting_enterprise(request)
    return redirect(enterprise or "enterprises:register")


@require_safe
@right_required(Right.EXPORT)
def export(request: SignedInRequest, extension: str) -> HttpResponse:
    """The same list with the same filters, as a file; recorded."""
    rows = FilterForm(request.GET).narrow(Enterprise.objects.visible_to(request.user))
    asked = [key for key in FilterForm.base_fields if request.GET.get(key)]
    made = export_enterprises(rows, Format(extension), filters=asked, by=request.user, request=request)
    headers = {"Content-Disposition": f'attachment; filename="enterprises-{clock.today():%Y%m%d}.{extension}"'}
    return HttpResponse(made, content_type=Format(extension).media_type, headers=headers)

"""Certificates as papers, and the code on them as a picture."""

from collections.abc import Iterable
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from liaison.accounts.http import SignedInRequest
from liaison.documents.codes import qr_svg
from liaison.documents.pdf import MissingGlyph
from liaison.files.downloads import made_response
from liaison.moments import clock
from supervision.certificates import draw
from supervision.models import Certificate
from supervision.views.public import CODE
from supervision.views.register import appointment_for, batch_for

PDF: Final = "application/pdf"
SVG: Final = "image/svg+xml"


@require_safe
def of_appointment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The certificate in force, for the supervisor and the desk."""
    appointment = appointment_for(request.user, pk)
    rows = Certificate.objects.filter(appointment=appointment, voided_at=None).select_related("appointment__person")
    if not rows:
        raise Http404
    return _paper(request, rows, f"聘书-{appointment.number}", appointment.get_absolute_url())


@require_safe
def of_batch(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All certificates of a list in one go, in the order of their numbers."""
    batch = batch_for(request.user, pk)
    rows = Certificate.objects.filter(appointment__batch=batch, voided_at=None).select_related("appointment__person")
    if not rows:
        raise Http404
    return _paper(request, rows.order_by("appointment__serial"), f"聘书-{batch.title}", batch.get_absolute_url())


def _paper(request: SignedInRequest, rows: Iterable[Certificate], name: str, back: str) -> HttpResponseBase:
    try:
        paper = draw(rows, clock.now())
    except MissingGlyph as missing:
        messages.error(request, str(missing))
        return redirect(back)
    return made_response(paper, name=f"{name}.pdf", media_type=PDF)


@login_not_required
@require_safe
def code(_request: HttpRequest, code: str) -> HttpResponse:
    """The square code that leads to the public page; whoever has the code may draw it."""
    if not CODE.fullmatch(code):
        raise Http404
    found = get_object_or_404(Certificate, code=code)
    return HttpResponse(qr_svg(found.address), SVG)

"""Certificates as papers, and the code on them as a picture."""

from collections.abc import Callable, Iterable
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from liaison.accounts.http import SignedInRequest
from liaison.documents.codes import qr_svg
from liaison.documents.pdf import MissingGlyph
from liaison.files.downloads import made_response
from liaison.moments import clock
from supervision.certificates import draw, facts_of
from supervision.enums import Standing
from supervision.farewell import draw_letter, title_of
from supervision.models import Appointment, Batch, Certificate
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
    return _paper(request, rows, f"聘书-{appointment.number}", appointment)


@require_safe
def of_batch(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All certificates of a list in one go, in the order of their numbers."""
    batch = batch_for(request.user, pk)
    rows = Certificate.objects.filter(appointment__batch=batch, voided_at=None).select_related("appointment__person")
    if not rows:
        raise Http404
    return _paper(request, rows.order_by("appointment__serial"), f"聘书-{batch.title}", batch)


@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """The certificate for the telephone, while the appointment holds."""
    appointment = appointment_for(request.user, pk)
    rows = Certificate.objects.filter(appointment=appointment, voided_at=None).select_related("appointment__person")
    if appointment.stage != Standing.APPOINTED or not rows:
        raise Http404
    facts, validity = facts_of(rows[0]), rows[0].validity_on(clock.today())
    context = {"appointment": appointment, "certificate": rows[0], "facts": facts, "validity": validity}
    return render(request, "supervision/card.html", context)


@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Thanks after the term, or the notice of a dismissal, for the person and the desk."""
    appointment = appointment_for(request.user, pk)
    title = title_of(appointment, clock.today())
    if not title:
        raise Http404
    return _made(request, lambda: draw_letter(appointment, clock.now()), f"{title}-{appointment.number}", appointment)


def _paper(request: SignedInRequest, rows: Iterable[Certificate], name: str, subject: Appointment | Batch) -> HttpResponseBase:
    return _made(request, lambda: draw(rows, clock.now()), name, subject)


def _made(request: SignedInRequest, draw_it: Callable[[], bytes], name: str, subject: Appointment | Batch) -> HttpResponseBase:
    """The paper, or back to the page with the reason why there is none."""
    try:
        paper = draw_it()
    except MissingGlyph as missing:
        messages.error(request, str(missing))
        return redirect(subject)
    return made_response(paper, name=f"{name}.pdf", media_type=PDF)


@login_not_required
@require_safe
def code(_request: HttpRequest, code: str) -> HttpResponse:
    """The square code that leads to the public page; whoever has the code may draw it."""
    if not CODE.fullmatch(code):
        raise Http404
    found = get_object_or_404(Certificate, code=code)
    return HttpResponse(qr_svg(found.address), SVG)

"""What everybody may read: who the supervisors are, and whether a certificate is worth anything."""

import re
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liaison.accounts.limits import too_many
from liaison.accounts.models import User
from liaison.moments import clock
from supervision.actions.contacting import write_to_supervisor
from supervision.certificates import facts_of
from supervision.enums import Standing, Validity
from supervision.forms.contact import ContactForm
from supervision.models import Appointment, Certificate
from supervision.permissions import manages, running_appointment
from supervision.views.register import announced
from supervision.views.reports import reads_reports

MOST_CONTACTS: Final = 5
"From one connection, in the window of the sign-in lock."
CODE: Final = re.compile(r"[\w-]{1,40}", re.ASCII)


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who the supervisors are, by consent; lists that are announced; the ways on for supervisors and the desk."""
    user = None if isinstance(request.user, AnonymousUser) else request.user
    rows = Appointment.objects.running(clock.today()).filter(is_public=True).select_related("person")
    lists = [(batch, [row for row in batch.appointments.all() if row.stage == Standing.CANDIDATE]) for batch in announced()]
    context: dict[str, Any] = {"rows": rows.order_by("year", "serial"), "lists": lists}
    if isinstance(user, User):
        context |= {"mine": running_appointment(user), "manages": manages(user), "reads": reads_reports(user)}
    return render(request, "supervision/start.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A form to a supervisor who agreed to be named; everybody else is not there."""
    rows = Appointment.objects.running(clock.today()).filter(is_public=True).select_related("person")
    found = get_object_or_404(rows, pk=pk)
    form = ContactForm(request.POST if request.method == "POST" else None)
    refused = form.is_bound and form.is_valid() and too_many("contact", request, most=MOST_CONTACTS)
    if form.is_bound and form.is_valid() and not refused:
        write_to_supervisor(found, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Sent. The supervisor has been told and will call or write to you."))
        return redirect("supervision:start")
    context = {"form": form, "appointment": found, "refused": refused}
    status = HTTPStatus.TOO_MANY_REQUESTS if refused else HTTPStatus.BAD_REQUEST if form.is_bound else None
    return render(request, "supervision/contact.html", context, status=status)


@login_not_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody with the code learns what stands on the certificate and whether it holds, nothing more."""
    rows = Certificate.objects.select_related("appointment__person")
    found = rows.filter(code=code).first() if CODE.fullmatch(code) else None
    if found is None:
        return render(request, "supervision/certificate_unknown.html", status=HTTPStatus.NOT_FOUND)
    validity = found.validity_on(clock.today())
    context = {"facts": facts_of(found), "validity": validity, "is_valid": validity == Validity.VALID}
    return render(request, "supervision/certificate.html", context)

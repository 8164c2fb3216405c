"""Reports that were sent: the list, one report, its photographs, its steps."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from issues.actions.intake import FirmNotOpen
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.clocks.actions.acknowledging import acknowledge
from liaison.clocks.models import Step
from liaison.files.downloads import download_response
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page
from liaison.workflow import StepNotOpen
from supervision.actions import handling
from supervision.actions.reporting import discard_report
from supervision.enums import ReportStage
from supervision.forms.filters import ReportFilterForm
from supervision.forms.handling import REPORT_FORMS
from supervision.models import SUBJECT, Report
from supervision.permissions import running_appointment
from supervision.reports import Reader, rungs_of
from supervision.workflow import REPORT_FLOW

READING: Final = (Right.MANAGE_SUPERVISORS, Right.OVERSEE_ISSUES, Right.LEAD_UNITS, Right.READ_SET_ASIDE)
REPORT_ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "sort": handling.sort_report,
    "direct": handling.direct_report,
    "order": handling.order_for_report,
    "answer": handling.answer_report,
    "rate": handling.rate_report,
    "discard": discard_report,
}
DONE: Final = {
    "sort": gettext_lazy("Sorted. The supervisor has been told."),
    "direct": gettext_lazy("Written. Whoever has to act on it has been told."),
    "order": gettext_lazy("Issued. The unit has been told, and the supervisor."),
    "answer": gettext_lazy("Answered. The supervisor has been told and can rate the answer."),
    "rate": gettext_lazy("Thank you. Your rating has been recorded."),
    "discard": gettext_lazy("The draft was discarded."),
}


def reads_reports(user: User) -> bool:
    """Whether somebody has to do with reports at all."""
    hats = hats_of(user)
    return any(map(hats.may, READING)) or Report.objects.filter(author=user).exists() or running_appointment(user) is not None


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """Reports that the person may see, the newest first."""
    if not reads_reports(request.user):
        raise PermissionDenied
    form = ReportFilterForm(request.GET)
    rows = form.narrow(Report.objects.visible_to(request.user))
    page = keyset_page(rows.for_list(), request.GET, by="-created_at")
    context = {
        "form": form,
        "page": page,
        "lines": [(row, Reader(row, request.user).author) for row in page],
        "count": count_up_to(rows),
        "writes": running_appointment(request.user) is not None,
    }
    return render(
        request, "supervision/reports.html", context, status=HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    )


def report_for(user: User, key: UUID) -> Report:
    """The report at this address; 404 if it is not there or not visible."""
    rows = Report.objects.visible_to(user).select_related(
        "author", "unit", "enterprise", "category", "leader", "issue", "order", "appointment"
    )
    return get_object_or_404(rows, key=key)


@require_safe
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One report: what was seen, what became of it, what can be done now."""
    found = report_for(request.user, key)
    if found.stage == ReportStage.DRAFT:
        return redirect(found)
    return render(request, "supervision/report.html", _page_of(found, request.user))


def _page_of(found: Report, user: User) -> dict[str, Any]:
    reader = Reader(found, user)
    steps = [step for step in REPORT_FLOW.open_to(found, user, clock.now()) if step.name in REPORT_FORMS]
    rungs = rungs_of(found, user)
    return {"report": found, "reader": reader, "steps": steps, "author": reader.author, "rungs": rungs}


@require_POST
def heard(request: SignedInRequest, key: UUID, pk: int) -> HttpResponse:
    """Say that a rung of the ladder was heard; twice is once. Authors are told of none."""
    found = report_for(request.user, key)
    rung = get_object_or_404(Step, pk=pk, clock__subject_kind=SUBJECT, clock__subject_id=found.pk)
    first = acknowledge(rung, request.user, clock.now())
    messages.success(request, _("Acknowledged.") if first else _("It had been acknowledged before."))
    return redirect(found)


@require_safe
def photo(request: SignedInRequest, key: UUID, pk: int) -> HttpResponseBase:
    """One photograph, for whoever may know whose it is."""
    found = report_for(request.user, key)
    if not Reader(found, request.user).knows_author:
        raise Http404
    return download_response(get_object_or_404(found.photos, pk=pk), request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, key: UUID, page: str) -> HttpResponse:
    """The form of a step, or why it is not open."""
    if page not in REPORT_FORMS:
        raise Http404
    found = report_for(request.user, key)
    try:
        return _step(request, found, page)
    except StepNotOpen as shut:
        found.last_act = None if Reader(found, request.user).is_author else found.events.select_related("actor").last()
        raise StepNotOpen(shut.step, found, shut.reason) from shut
    except PermissionDenied:
        if found.set_aside:  # a refusal is recorded, and the record would tell of it
            raise Http404 from None
        raise


def _step(request: SignedInRequest, found: Report, page: str) -> HttpResponse:
    now = clock.now()
    taken = REPORT_FLOW.check(page, found, request.user, now)
    form = REPORT_FORMS[page](request.POST if request.method == "POST" else None, report=found, by=request.user, now=now)
    if form.is_valid():
        try:
            REPORT_ACTIONS[page](found, by=request.user, now=now, **_values(form, page))
        except FirmNotOpen:
            form.add_error("sorting", _("This enterprise cannot raise issues at present."))
        else:
            messages.success(request, DONE[page])
            return redirect("supervision:reports" if page == "discard" else found)
    return render_form_page(request, "supervision/report_step.html", form, {**_page_of(found, request.user), "step": taken})


def _values(form: Any, page: str) -> dict[str, Any]:
    return {} if page == "discard" else form.values()

"""The register: batches and appointments, with one page for every step."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page
from liaison.workflow import StepNotOpen
from supervision.actions import appointing, evaluating, keeping
from supervision.actions.appointing import Unfit
from supervision.enums import BatchStage, Standing
from supervision.farewell import title_of
from supervision.forms.register import APPOINTMENT_FORMS, BATCH_FORMS, BatchForm, tell
from supervision.models import Appointment, Batch, Interest
from supervision.permissions import is_person_or_keeper, manages
from supervision.story import last_act, story_of
from supervision.workflow import APPOINTMENT_FLOW, BATCH_FLOW

MOST_CONTACTS: Final = 50
BATCH_ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "add": appointing.add_candidate,
    "announce": appointing.announce_batch,
    "appoint": appointing.appoint_batch,
    "cancel": appointing.cancel_batch,
}
APPOINTMENT_ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "account": evaluating.give_account,
    "interest": keeping.declare_interest,
    "end-interest": keeping.end_interest,
    "consent": keeping.set_consent,
    "reissue": keeping.reissue_certificate,
    "strike": keeping.strike_candidate,
    "resign": keeping.resign_appointment,
    "dismiss": keeping.dismiss_supervisor,
}
DONE: Final = {
    "add": _("Put on the list."),
    "announce": _("Announced. Everybody can read the list; those on it have been told."),
    "appoint": _("Appointed. Everybody has a number and a certificate and has been told."),
    "cancel": _("Given up. Those on the list have been told, and their days are free again."),
    "account": _("Given. The desk has been told and evaluates the year."),
    "interest": _("Declared. Matters of this enterprise are kept away from the supervisor from now on."),
    "end-interest": _("Ended."),
    "consent": _("Saved."),
    "reissue": _("Issued. The number stays; the code of the old certificate is void."),
    "strike": _("Taken off the list."),
    "resign": _("Recorded. The certificate is not valid any more."),
    "dismiss": _("Dismissed. The person has been told; the certificate is not valid any more."),
}


@require_safe
def batches(request: SignedInRequest) -> HttpResponse:
    """All lists, the newest first."""
    _only_keepers(request.user)
    rows = Batch.objects.all()
    page = keyset_page(rows, request.GET, by="-created_at")
    return render(request, "supervision/batches.html", {"page": page, "count": count_up_to(rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_batch(request: SignedInRequest) -> HttpResponse:
    """Begin a list."""
    _only_keepers(request.user)
    now = clock.now()
    form = BatchForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        batch = appointing.begin_batch(by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Begun. Now put people on the list."))
        return redirect(batch)
    return render_form_page(request, "supervision/batch_new.html", form, {})


@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """One list: who is on it, how far it is, what can be done now."""
    found = batch_for(request.user, pk)
    now = clock.now()
    context = {
        "batch": found,
        "rows": found.appointments.select_related("person"),
        "steps": BATCH_FLOW.open_to(found, request.user, now),
        "waiting_steps": BATCH_FLOW.waiting_for(found, request.user, now),
        "story": story_of(found),
    }
    return render(request, "supervision/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_step(request: SignedInRequest, pk: int, page: str) -> HttpResponse:
    """The form of a step of a list."""
    if page not in BATCH_FORMS:
        raise Http404
    found = batch_for(request.user, pk)
    return _step(request, found, page, "supervision/batch_step.html", {"batch": found})


@require_safe
def appointment(request: SignedInRequest, pk: int) -> HttpResponse:
    """One appointment, for the desk and for the supervisor."""
    found = appointment_for(request.user, pk)
    now = clock.now()
    interests = Interest.objects.open().filter(person=found.person).select_related("enterprise")
    context = {
        "appointment": found,
        "standing": found.standing_on(clock.today()),
        "is_mine": found.person_id == request.user.pk,
        "manages": manages(request.user),
        "interests": interests if is_person_or_keeper(found, request.user) else [],
        "accounts": found.accounts.all(),
        "contacts": found.contacts.all()[:MOST_CONTACTS] if found.person_id == request.user.pk else [],
        "certificates": list(found.certificates.order_by("-pk")),
        "steps": APPOINTMENT_FLOW.open_to(found, request.user, now),
        "story": story_of(found),
        "letter": title_of(found, clock.today()),
        "has_card": found.stage == Standing.APPOINTED,
    }
    return render(request, "supervision/appointment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_step(request: SignedInRequest, pk: int, page: str) -> HttpResponse:
    """The form of a step of an appointment."""
    if page not in APPOINTMENT_FORMS:
        raise Http404
    found = appointment_for(request.user, pk)
    return _step(request, found, page, "supervision/appointment_step.html", {"appointment": found})


def batch_for(user: User, pk: int) -> Batch:
    """The list; only the desk knows that there are lists."""
    _only_keepers(user)
    return get_object_or_404(Batch.objects.select_related("created_by"), pk=pk)


def appointment_for(user: User, pk: int) -> Appointment:
    """The appointment; 404 if it is not there or not visible."""
    return get_object_or_404(Appointment.objects.visible_to(user).for_list(), pk=pk)


def announced() -> Any:
    """Lists that everybody may read now."""
    return Batch.objects.filter(stage=BatchStage.ANNOUNCED).prefetch_related("appointments__person")


def _only_keepers(user: User) -> None:
    if not manages(user):
        raise PermissionDenied


def _step(request: SignedInRequest, subject: Any, page: str, template: str, context: dict[str, Any]) -> HttpResponse:
    try:
        return _one_step(request, subject, page, template, context)
    except StepNotOpen as shut:
        subject.last_act = last_act(subject)
        raise StepNotOpen(shut.step, subject, shut.reason) from shut


def _one_step(request: SignedInRequest, subject: Any, page: str, template: str, context: dict[str, Any]) -> HttpResponse:
    now = clock.now()
    flow: Any = BATCH_FLOW if isinstance(subject, Batch) else APPOINTMENT_FLOW
    step = flow.check(page, subject, request.user, now)
    kind, action = {**BATCH_FORMS, **APPOINTMENT_FORMS}[page], {**BATCH_ACTIONS, **APPOINTMENT_ACTIONS}[page]
    form = kind(request.POST if request.method == "POST" else None, subject=subject, now=now)
    if form.is_valid():
        try:
            action(subject, by=request.user, now=now, **form.values())
        except Unfit as unfit:
            tell(form, unfit)
        else:
            messages.success(request, DONE[page])
            return redirect(_where_next(subject, request.user))
    return render_form_page(request, template, form, {**context, "step": step})


def _where_next(subject: Any, user: User) -> str:
    """Back to it; a supervisor who is struck off sees it no more."""
    gone = isinstance(subject, Appointment) and not Appointment.objects.visible_to(user).filter(pk=subject.pk).exists()
    return "/" if gone else str(subject.get_absolute_url())

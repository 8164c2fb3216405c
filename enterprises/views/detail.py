"""One enterprise: its page, its data, its licence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enterprises.actions.data import decide_rename, edit_enterprise, set_size
from enterprises.actions.people import NotPossible
from enterprises.forms.data import DeskForm, EnterpriseForm, NameForm, SizeForm
from enterprises.models import Enterprise
from enterprises.permissions import is_verifier, may_edit, represents
from enterprises.queries import history_for
from enterprises.views.lookup import not_possible, visible_enterprise
from enterprises.workflow import ENTERPRISE_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.audit.actions import record
from liaison.audit.models import AuditTag
from liaison.files.downloads import download_response
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@require_safe
def detail(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """All that the reader may know about the firm, and what can be done now."""
    enterprise = visible_enterprise(request, credit_code)
    context = {
        "enterprise": enterprise,
        "steps": ENTERPRISE_FLOW.open_to(enterprise, request.user, clock.now()),
        "may_edit": may_edit(enterprise, request.user),
        "is_verifier": is_verifier(enterprise, request.user),
        "is_own": represents(enterprise, request.user),
        "labels": enterprise.labels.all(),
        "memberships": enterprise.memberships.filter(ended_on=None).select_related("chamber"),
        "people": enterprise.representatives.open().select_related("user"),
        "licence": enterprise.licences.first(),
        "history": history_for(enterprise, request.user),
    }
    return render(request, "enterprises/detail.html", context)


def edit(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """Correct the data."""
    enterprise = visible_enterprise(request, credit_code)
    if not may_edit(enterprise, request.user):
        raise PermissionDenied
    form = _edit_form(request, enterprise)
    if form.is_valid():
        values = form.values() | ({"labels": form.cleaned_data["labels"]} if isinstance(form, DeskForm) else {})
        edited = edit_enterprise(enterprise, by=request.user, now=clock.now(), **values)
        messages.success(request, _("Saved. The desk will confirm the new name.") if edited.pending_name else _("Saved."))
        return redirect(enterprise)
    return render_form_page(request, "enterprises/edit.html", form, {"enterprise": enterprise})


def _edit_form(request: SignedInRequest, enterprise: Enterprise) -> EnterpriseForm:
    """The desk's form has the labels too."""
    kind = DeskForm if is_verifier(enterprise, request.user) else EnterpriseForm
    initial = {"town": enterprise.town.code, "park": enterprise.park.code if enterprise.park else ""}
    if kind is DeskForm:
        initial["labels"] = list(enterprise.labels.values_list("name", flat=True))  # type: ignore[assignment]
    return kind(request.POST if request.method == "POST" else None, instance=enterprise, initial=initial)


def size(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """Set the size class by hand."""
    enterprise = _for_desk(request, credit_code)
    initial = {"size": enterprise.size_override, "reason": enterprise.size_reason}
    form = SizeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        set_size(enterprise, by=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(enterprise)
    return render_form_page(request, "enterprises/size.html", form, {"enterprise": enterprise})


def name(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """Confirm or decline a new name."""
    enterprise = _for_desk(request, credit_code)
    if not enterprise.pending_name:
        return not_possible(request, NotPossible(_("No change of name is waiting.")), enterprise)
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        approve = form.cleaned_data["result"] == "approve"
        try:
            decide_rename(enterprise, approve=approve, note=form.cleaned_data["note"], by=request.user, now=clock.now())
        except NotPossible as answer:
            return not_possible(request, answer, enterprise)
        messages.success(request, _("The new name holds now.") if approve else _("The old name stays."))
        return redirect(enterprise)
    return render_form_page(request, "enterprises/name.html", form, {"enterprise": enterprise})


@require_safe
def licence(request: SignedInRequest, credit_code: str) -> HttpResponseBase:
    """The newest licence, for the desk that compares it and for the firm that sent it."""
    enterprise = visible_enterprise(request, credit_code)
    if not _may_read_licence(enterprise, request.user):
        raise PermissionDenied
    stored = enterprise.licences.first()
    if stored is None:
        raise Http404
    if not represents(enterprise, request.user):
        record(
            AuditTag.READ_FILE,
            by=request.user,
            subject=f"{enterprise.credit_code} licence",
            detail={"id": stored.pk},
            request=request,
        )
    return download_response(stored, request=request)


def _may_read_licence(enterprise: Enterprise, user: User) -> bool:
    return is_verifier(enterprise, user) or represents(enterprise, user)


def _for_desk(request: SignedInRequest, credit_code: str) -> Enterprise:
    enterprise = visible_enterprise(request, credit_code)
    if not is_verifier(enterprise, request.user):
        raise PermissionDenied
    return enterprise

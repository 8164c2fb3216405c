"""Chambers and their members."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enterprises.actions.chambers import join_chamber, leave_chamber, save_chamber
from enterprises.forms.chambers import ChamberForm, MemberForm
from enterprises.models import Chamber
from enterprises.permissions import is_verifier
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import keyset_page


@require_safe
@right_required(Right.READ_ENTERPRISES)
def chambers(request: SignedInRequest) -> HttpResponse:
    """All chambers with the number of their members."""
    rows = Chamber.objects.annotate(size=Count("memberships", filter=Q(memberships__ended_on=None)))
    return render(request, "enterprises/chambers.html", {"chambers": rows, "may_edit": is_verifier(None, request.user)})


@right_required(Right.READ_ENTERPRISES)
def chamber(request: SignedInRequest, code: str) -> HttpResponse:
    """One chamber; the desk enters members by credit code."""
    found = get_object_or_404(Chamber, code=code)
    may_edit = is_verifier(None, request.user)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        enterprise = form.cleaned_data["credit_code"]
        join_chamber(found, enterprise, by=request.user, now=clock.now())
        messages.success(request, _("%(enterprise)s is a member.") % {"enterprise": enterprise.name})
        return redirect(found)
    rows = found.memberships.filter(ended_on=None).select_related("enterprise__town")
    page = keyset_page(rows, request.GET, by="since_on")
    return render_form_page(request, "enterprises/chamber.html", form, {"chamber": found, "page": page, "may_edit": may_edit})


@right_required(Right.VERIFY_ENTERPRISES)
def chamber_edit(request: SignedInRequest, code: str = "") -> HttpResponse:
    """A new chamber, or another word for an old one."""
    found = get_object_or_404(Chamber, code=code) if code else None
    form = ChamberForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        saved = save_chamber(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render_form_page(request, "enterprises/chamber_edit.html", form, {"chamber": found})


@require_POST
@right_required(Right.VERIFY_ENTERPRISES)
def member_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Strike an enterprise off the list."""
    found = get_object_or_404(Chamber, code=code)
    membership = get_object_or_404(found.memberships.select_related("enterprise", "chamber"), pk=pk)
    leave_chamber(membership, by=request.user, now=clock.now())
    messages.success(request, _("%(enterprise)s is no longer a member.") % {"enterprise": membership.enterprise.name})
    return redirect(found)

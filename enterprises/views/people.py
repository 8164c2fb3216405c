"""The colleagues of an enterprise."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enterprises.actions.people import NotPossible, change_role, invite_colleague, remove_colleague, revoke_invitation
from enterprises.enums import Role
from enterprises.forms.people import InviteForm
from enterprises.models import Enterprise, Representative
from enterprises.permissions import may_manage_people, may_view, represents
from enterprises.views.lookup import not_possible, visible_enterprise
from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.ui.forms import render_form_page


def people(request: SignedInRequest, credit_code: str) -> HttpResponse:
    """Who acts for the firm, who is invited, and the form to invite."""
    enterprise = _enterprise_of_people(request, credit_code)
    manages = may_manage_people(enterprise, request.user)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not manages:
        raise PermissionDenied
    if form.is_valid():
        try:
            invitation = invite_colleague(enterprise, by=request.user, now=clock.now(), **form.cleaned_data)
        except NotPossible as answer:
            form.add_error(None, str(answer.reason))
        else:
            messages.success(request, _("%(name)s is invited. Pass on the link below.") % {"name": invitation.name})
            return redirect("enterprises:people", enterprise.credit_code)
    context = {
        "enterprise": enterprise,
        "manages": manages,
        "people": enterprise.representatives.open().select_related("user"),
        "invitations": enterprise.invitations.open(clock.now()).select_related("invited_by") if manages else [],
        "portal": settings.PORTAL_URL,
    }
    return render_form_page(request, "enterprises/people.html", form, context)


def remove(request: SignedInRequest, credit_code: str, pk: int) -> HttpResponse:
    """End a colleague's access, or one's own."""
    enterprise = _enterprise_of_people(request, credit_code)
    representative = _representative(request, enterprise, pk)
    if request.method != "POST":
        return render(request, "enterprises/remove.html", {"enterprise": enterprise, "representative": representative})
    try:
        remove_colleague(representative, by=request.user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer, enterprise)
    messages.success(request, _("%(name)s no longer acts for the enterprise.") % {"name": representative.user.name})
    return redirect("enterprises:people", enterprise.credit_code) if may_view(enterprise, request.user) else redirect("home")


@require_POST
def role(request: SignedInRequest, credit_code: str, pk: int) -> HttpResponse:
    """Make a colleague a manager, or the other way round."""
    enterprise = _enterprise_of_people(request, credit_code)
    if not may_manage_people(enterprise, request.user):
        raise PermissionDenied
    representative = get_object_or_404(enterprise.representatives.open().select_related("user"), pk=pk)
    wanted = Role.MANAGER if request.POST.get("role") == Role.MANAGER else Role.STAFF
    try:
        change_role(representative, role=wanted, by=request.user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer, enterprise)
    messages.success(request, _("%(name)s: %(role)s.") % {"name": representative.user.name, "role": wanted.label})
    return redirect("enterprises:people", enterprise.credit_code)


@require_POST
def revoke(request: SignedInRequest, credit_code: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    enterprise = _enterprise_of_people(request, credit_code)
    if not may_manage_people(enterprise, request.user):
        raise PermissionDenied
    invitation = get_object_or_404(enterprise.invitations, pk=pk)
    try:
        revoke_invitation(invitation, by=request.user, now=clock.now())
    except NotPossible as answer:
        return not_possible(request, answer, enterprise)
    messages.success(request, _("The invitation for %(name)s is taken back.") % {"name": invitation.name})
    return redirect("enterprises:people", enterprise.credit_code)


def _enterprise_of_people(request: SignedInRequest, credit_code: str) -> Enterprise:
    """The firm's own people and the desk; other readers know the firm but not this page."""
    enterprise = visible_enterprise(request, credit_code)
    if not (represents(enterprise, request.user) or may_manage_people(enterprise, request.user)):
        raise PermissionDenied
    return enterprise


def _representative(request: SignedInRequest, enterprise: Enterprise, pk: int) -> Representative:
    """Managers remove anybody, colleagues only themselves."""
    representative = get_object_or_404(enterprise.representatives.open().select_related("user"), pk=pk)
    if representative.user != request.user and not may_manage_people(enterprise, request.user):
        raise PermissionDenied
    return representative

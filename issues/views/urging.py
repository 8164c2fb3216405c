"""Urging notes that wait for the desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from issues.actions.urging import discard_urging, send_urging
from issues.forms.urging import UrgingForm
from issues.models import Urging
from issues.permissions import may_know_firm
from issues.search import mask
from issues.urging import URGING_FLOW
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.ui.paging import count_up_to, keyset_page


@require_safe
@right_required(Right.TRIAGE_ISSUES)
def listing(request: SignedInRequest) -> HttpResponse:
    """All drafts, the oldest first; each is sent with one click or opened to be edited."""
    rows = _visible_to(request.user).drafts()
    page = keyset_page(rows, request.GET, by="drafted_at")
    shown = [(urging, _title(urging, request.user)) for urging in page]
    return render(request, "issues/urging/list.html", {"page": page, "urgings": shown, "count": count_up_to(rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(Right.TRIAGE_ISSUES)
def urging(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit and send one."""
    draft, now = _draft(request.user, pk), clock.now()
    URGING_FLOW.check("send", draft, request.user, now)
    form = UrgingForm(request.POST or None, initial={"text": draft.text})
    if request.method == "POST" and form.is_valid():
        send_urging(draft, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("The urging note has been sent to %(unit)s.") % {"unit": draft.unit})
        return redirect("issues:urgings")
    context: dict[str, Any] = {"urging": draft, "title": _title(draft, request.user)}
    return render_form_page(request, "issues/urging/edit.html", form, context)


@require_POST
@right_required(Right.TRIAGE_ISSUES)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send nothing."""
    discard_urging(_draft(request.user, pk), by=request.user, now=clock.now())
    messages.success(request, _("The draft has been discarded."))
    return redirect("issues:urgings")


def _visible_to(user: User) -> Any:
    rows = Urging.objects.visible_to(user).select_related("issue__enterprise", "unit")
    return rows.prefetch_related("issue__orders", "issue__concerns", "issue__callbacks")


def _draft(user: User, pk: int) -> Urging:
    found: Urging = get_object_or_404(_visible_to(user), pk=pk)
    return found


def _title(draft: Urging, user: User) -> str:
    issue = draft.issue
    return issue.title if may_know_firm(issue, user) else mask(issue.title, issue)

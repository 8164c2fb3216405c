"""The desk enters what reached it by another way: related questions on one page, the firm is told."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from enterprises.models import Enterprise
from issues.enums import Stage
from issues.forms.intake import StaffIssueForm
from issues.models import Issue
from issues.views.raiser import Raiser
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.search import is_searchable

SHOWN_FIRMS, SHOWN_ISSUES, SHOWN_DRAFTS = 20, 5, 20
LONGEST_SEARCH = 100
BAD_REQUEST = 400


def choose_firm(request: SignedInRequest) -> HttpResponse:
    """Find the firm first; drafts of one's own are offered."""
    words = (request.GET.get("q") or request.GET.get("enterprise") or "").replace("\x00", "")[:LONGEST_SEARCH]
    searched = is_searchable(words)
    firms = Enterprise.objects.verified().matching(words).select_related("town")[:SHOWN_FIRMS] if searched else ()
    own = Issue.objects.filter(created_by=request.user, stage=Stage.DRAFT, entered_by_unit__isnull=False)
    drafts = own.select_related("enterprise", "created_by").order_by("-created_at", "-pk")[:SHOWN_DRAFTS]
    context = {"words": words, "searched": searched, "firms": list(firms), "drafts": list(drafts)}
    return render(request, "issues/intake/choose_firm.html", context)


def blank(request: SignedInRequest, raiser: Raiser) -> HttpResponse:
    """The empty form for one firm."""
    context = {"form": StaffIssueForm(), "raiser": raiser, "once_key": uuid4().hex, "known": open_issues(request, raiser)}
    return render(request, "issues/intake/whole.html", context)


def without_firm(request: SignedInRequest) -> HttpResponse:
    """A form that names no firm, or none that exists: everything stays, the firm is asked for."""
    form = StaffIssueForm(request.POST, request.FILES, holder=Holder.of(request))
    form.is_valid()
    form.ask_for_firm()
    context = {"form": form, "raiser": None, "once_key": request.POST.get("once_key") or uuid4().hex}
    return render(request, "issues/intake/whole.html", context, status=BAD_REQUEST)


def open_issues(request: SignedInRequest, raiser: Raiser) -> list[Issue]:
    """What the firm has raised already, so that the same is not entered twice."""
    rows = Issue.objects.visible_to(request.user).open().filter(enterprise=raiser.enterprise)
    return list(rows.for_list().order_by("-submitted_at", "-pk")[:SHOWN_ISSUES])

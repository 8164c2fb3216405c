"""One page for every step of the flow: GET shows the form, POST does it, then back to the issue."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from issues.actions import ACTIONS
from issues.forms.fields import StepForm
from issues.forms.steps import STEP_FORMS
from issues.guards import pending
from issues.models import Issue
from issues.permissions import may_view
from issues.story import Reader
from issues.views.lookup import issue_for
from issues.views.words import DONE
from issues.workflow import ISSUE_FLOW, PETITION_OF
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.files.refusals import FileRefused
from liaison.moments import clock
from liaison.ui.forms import render_form_page
from liaison.workflow import Step, StepNotOpen

LONGEST_VERSION = 10
"What is longer is no version of ours, and Python refuses to read a number of thousands of digits."
PAGES = frozenset(step.address for step in ISSUE_FLOW if step.name in STEP_FORMS)


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: SignedInRequest, address: str, page: str) -> HttpResponse:
    """The form of a step, or why it is not open."""
    if page not in PAGES:
        raise Http404
    issue = issue_for(request.user, address)
    try:
        return _step_page(request, issue, page)
    except StepNotOpen as shut:
        # The second person reads who was first, as far as they may know.
        fresh = issue_for(request.user, address)
        fresh.last_act = Reader(fresh, request.user).last_act()
        raise StepNotOpen(shut.step, fresh, shut.reason) from shut


def _step_page(request: SignedInRequest, issue: Issue, page: str) -> HttpResponse:
    now = clock.now()
    step = ISSUE_FLOW.at(page, issue, request.user, now)
    ISSUE_FLOW.check(step.name, issue, request.user, now)
    posted = request.method == "POST"
    _refuse_stale(request, issue, step)
    form = STEP_FORMS[step.name](
        request.POST if posted else None,
        request.FILES if posted else None,
        issue=issue,
        by=request.user,
        now=now,
        holder=Holder.of(request),
    )
    if posted and form.is_valid() and _done(issue, request, step, form):
        messages.success(request, DONE.get(step.name, DONE[""]))
        return redirect(_where_next(issue, request))
    return render_form_page(request, "issues/step.html", form, _context(request, issue, step, form))


def _done(issue: Issue, request: SignedInRequest, step: Step[Issue], form: StepForm) -> bool:
    """Whether the step was done; a kept file that another window has used meanwhile is told beside its field."""
    try:
        ACTIONS[step.name](issue, by=request.user, now=form.now, **form.values())
    except FileRefused as refused:
        form.add_error("evidence", refused)
        return False
    return True


def _refuse_stale(request: SignedInRequest, issue: Issue, step: Step[Issue]) -> None:
    """A page that was opened before somebody else's step is not taken for today's."""
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < LONGEST_VERSION and step.name != "name-officials" and int(version) != issue.version:
        raise StepNotOpen(step, issue)


def _where_next(issue: Issue, request: SignedInRequest) -> str:
    """The issue, or the list when naming an official has taken it out of sight."""
    fresh = Issue.objects.get(pk=issue.pk)
    return fresh.get_absolute_url() if may_view(fresh, request.user) else "/"


def _context(request: SignedInRequest, issue: Issue, step: Step[Issue], form: StepForm) -> dict[str, Any]:
    reader = Reader(issue, request.user)
    kind = PETITION_OF.get(step.name)
    return {
        "issue": issue,
        "step": step,
        "reader": reader,
        "title": reader.masked(issue.title),
        "body": reader.masked(issue.body),
        "petition": pending(issue, kind) if kind else None,
        "draft": issue.answers.last() if step.name in {"sign-off", "ask-track", "decide-track", "end"} else None,
        "answer": issue.answers.filter(signed_at__isnull=False).last()
        if step.name in {"evaluate", "call-back", "redo"}
        else None,
        "calls_withdrawal": step.name == "call-back" and bool(issue.stage_before),
        "form": form,
    }

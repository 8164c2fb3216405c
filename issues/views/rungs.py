"""What the ladder asks of people: to say that they have heard, and of the desk, to send the urging notes it drafted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.urging import discard_urging, may_urge, send_urging
from issues.forms.urging import UrgingForm
from issues.models import SUBJECT, Issue, Urging
from issues.story import Reader
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.clocks.actions.acknowledging import acknowledge
from liaison.clocks.models import Step
from liaison.moments import clock


@require_POST
def acknowledged(request: SignedInRequest, address: str) -> HttpResponse:
    """Somebody who was told has heard it."""
    issue = issue_for(request.user, address)
    number = request.POST.get("step", "")
    if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - what fits a key
        raise Http404
    step = get_object_or_404(Step, pk=int(number), clock__subject_kind=SUBJECT, clock__subject_id=issue.pk)
    if acknowledge(step, request.user, clock.now()):
        messages.success(request, _("Noted that you know. Now please see that it is done."))
    else:
        messages.info(request, _("Somebody has acknowledged it already."))
    return redirect(issue)


@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: SignedInRequest, address: str) -> HttpResponse:
    """The drafts of one issue, one after another."""
    issue = issue_for(request.user, address)
    if not may_urge(issue, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _settle(request, issue)
    drafts = list(Urging.objects.visible_to(request.user).drafts().filter(issue=issue).select_related("unit"))
    forms = [(draft, UrgingForm(initial={"text": draft.text}, prefix=str(draft.pk))) for draft in drafts]
    return render(request, "issues/urge.html", _context(request, issue, forms))


def _settle(request: SignedInRequest, issue: Issue) -> HttpResponse:
    number = request.POST.get("urging", "")
    drafts = Urging.objects.visible_to(request.user).filter(issue=issue)
    draft = get_object_or_404(drafts, pk=int(number) if number.isdecimal() and len(number) <= 18 else 0)  # noqa: PLR2004
    if request.POST.get("result") == "discard":
        discard_urging(draft, by=request.user, now=clock.now())
        messages.success(request, _("The draft is discarded."))
        return redirect(issue)
    form = UrgingForm(request.POST, prefix=str(draft.pk))
    if not form.is_valid():
        return render(request, "issues/urge.html", _context(request, issue, [(draft, form)]), status=400)
    send_urging(draft, by=request.user, now=clock.now(), text=form.cleaned_data["text"])
    messages.success(request, _("%(unit)s is urged.") % {"unit": draft.unit})
    return redirect(issue)


def _context(request: SignedInRequest, issue: Issue, forms: list[tuple[Urging, UrgingForm]]) -> dict[str, object]:
    reader = Reader(issue, request.user)
    form = forms[0][1] if forms else None
    return {"issue": issue, "title": reader.masked(issue.title), "forms": forms, "form": form}

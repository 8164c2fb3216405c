"""``/issues/new/``: the first question, and where every complete form arrives."""

from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enterprises.acting import represented_enterprises
from issues.enums import Stage
from issues.forms.intake import IssueForm, MatterForm, StaffIssueForm
from issues.models import Issue
from issues.views import staff_entry
from issues.views.raiser import Raiser, firm_not_open, may_raise, not_for_you, raiser_of
from issues.views.received import keep, posted_draft, send, to_receipt
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.accounts.rights import Right, hats_of
from liaison.files.holder import Holder
from liaison.moments import clock
from liaison.workflow import StepNotOpen

SHOWN_DRAFTS = 20
BAD_REQUEST = 400


@require_http_methods(["GET", "HEAD", "POST"])
def new_issue(request: SignedInRequest) -> HttpResponse:
    """Ask the first question, or take a whole issue in."""
    if not may_raise(request):
        return not_for_you(request)
    return arrive(request) if request.method == "POST" else ask_first(request)


def ask_first(request: SignedInRequest) -> HttpResponse:
    """The first question, after it is clear for which firm."""
    raiser = raiser_of(request)
    if raiser is None:
        return staff_entry.choose_firm(request) if is_desk(request) else _no_such_firm()
    if not raiser.enterprise.is_open:
        return firm_not_open(request, raiser.enterprise)
    return staff_entry.blank(request, raiser) if raiser.unit else first_question(request, raiser)


def arrive(request: SignedInRequest) -> HttpResponse:
    """Take the form in, also where somebody else was a moment faster."""
    try:
        return receive(request, posted_draft(request))
    except StepNotOpen as late:  # sent by this very form, or by a colleague
        return to_receipt(late.subject)
    except Issue.DoesNotExist:  # discarded
        return receive(request, None)


def receive(request: SignedInRequest, draft: Issue | None) -> HttpResponse:
    """Take a whole issue in: into a draft first, then, when it is complete, on its way."""
    raiser, now = raiser_of(request, draft), clock.now()
    if draft is not None and draft.stage != Stage.DRAFT:
        return to_receipt(draft)
    if raiser is None:
        return staff_entry.without_firm(request) if is_desk(request) else _no_such_firm()
    if not raiser.enterprise.is_open:
        return firm_not_open(request, raiser.enterprise, draft)
    form = whole_form(request, raiser, draft)
    form.is_valid()
    _see_that_files_are_there(request, form, draft)
    draft = keep(form, raiser, draft, word=request.POST.get("once_key", ""), by=request.user, now=now)
    if draft is not None and draft.stage != Stage.DRAFT:
        return to_receipt(draft)
    if draft is None or form.errors:
        return whole_page(request, form, raiser, draft, status=BAD_REQUEST)
    return send(request, draft, now)


def whole_form(request: SignedInRequest, raiser: Raiser, draft: Issue | None) -> IssueForm:
    """All questions at once, as the firm or staff for it answered them."""
    kind = StaffIssueForm if raiser.unit else IssueForm
    present = draft.attachments.all() if draft else ()
    return kind(request.POST, request.FILES, holder=Holder.of(request), present=present)


def _see_that_files_are_there(request: SignedInRequest, form: IssueForm, draft: Issue | None) -> None:
    """What the check page listed must still be there: nobody sends less than they saw."""
    seen = {each for each in request.POST.getlist("attachments") if each.isascii() and each.isdigit()}
    there = {str(file.pk) for file in draft.attachments.all()} if draft else set()
    if seen - there:
        form.add_error(None, _("Files were removed from this draft in the meantime. Check the list of files and send again."))


def whole_page(
    request: SignedInRequest, form: IssueForm, raiser: Raiser, draft: Issue | None, *, status: int | None = None
) -> HttpResponse:
    """Everything on one page: for staff always, for a firm when something is to be corrected."""
    if draft is not None:
        form.show_files(draft.attachments.all())
    context = {"form": form, "raiser": raiser, "draft": draft, "once_key": request.POST.get("once_key") or uuid4().hex}
    if raiser.unit:
        context["known"] = staff_entry.open_issues(request, raiser)
    return render(request, "issues/intake/whole.html", context, status=status)


def first_question(
    request: SignedInRequest, raiser: Raiser, form: MatterForm | None = None, draft: Issue | None = None
) -> HttpResponse:
    """What it is about, and for which firm where somebody acts for several."""
    context = {
        "form": form or MatterForm(),
        "raiser": raiser,
        "draft": draft,
        "firms": [firm for firm in represented_enterprises(request) if firm.is_open],
        "drafts": [] if form else drafts_of(request.user),
        "once_key": request.POST.get("once_key") or uuid4().hex,
    }
    return render(request, "issues/intake/new.html", context, status=BAD_REQUEST if form else None)


def drafts_of(user: User) -> list[Issue]:
    """What the person or a colleague of the same firm has begun, the newest first."""
    rows = Issue.objects.visible_to(user).filter(stage=Stage.DRAFT)
    return list(rows.select_related("enterprise", "created_by").order_by("-created_at", "-pk")[:SHOWN_DRAFTS])


def is_desk(request: SignedInRequest) -> bool:
    """Whether the person may enter issues for firms."""
    return hats_of(request.user).may(Right.TRIAGE_ISSUES)


def _no_such_firm() -> HttpResponse:
    raise Http404

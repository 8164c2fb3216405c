"""``/issues/drafts/``: the first answer begins a draft; staff keep their whole form here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from issues.enums import Stage
from issues.forms.intake import MatterForm, StaffIssueForm
from issues.models import Issue
from issues.views.begun import WHOLE, while_it_lasts
from issues.views.new import BAD_REQUEST, first_question, whole_page
from issues.views.raiser import Raiser, firm_not_open, may_raise, not_for_you, raiser_of
from issues.views.received import keep, posted_draft, to_receipt
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.moments import clock


@require_http_methods(["GET", "HEAD", "POST"])
@while_it_lasts
def begin(request: SignedInRequest) -> HttpResponse:
    """Where the first question is answered; staff keep their whole form here."""
    if not may_raise(request):
        return not_for_you(request)
    if request.method != "POST":
        return redirect("issues:new")
    draft = posted_draft(request)
    if draft is not None and draft.stage != Stage.DRAFT:
        return to_receipt(draft)
    raiser = raiser_of(request, draft)
    if raiser is None:
        raise Http404
    if not raiser.enterprise.is_open:
        return firm_not_open(request, raiser.enterprise, draft)
    return keep_for_later(request, raiser, draft) if raiser.unit else first_answer(request, raiser, draft)


def first_answer(request: SignedInRequest, raiser: Raiser, draft: Issue | None) -> HttpResponse:
    """Title and text begin a draft."""
    form = MatterForm(request.POST)
    form.is_valid()
    draft = keep(form, raiser, draft, word=request.POST.get("once_key", ""), by=request.user, now=clock.now())
    if draft is None or form.errors:
        return first_question(request, raiser, form, draft)
    return to_receipt(draft) if draft.stage != Stage.DRAFT else redirect("issues:draft-page", draft.draft_key, "classify")


def keep_for_later(request: SignedInRequest, raiser: Raiser, draft: Issue | None) -> HttpResponse:
    """Staff are called away: whatever is valid is kept, nothing need be complete."""
    present = draft.attachments.all() if draft else ()
    form = StaffIssueForm(request.POST, request.FILES, holder=Holder.of(request), present=present)
    form.is_valid()
    draft = keep(form, raiser, draft, word=request.POST.get("once_key", ""), by=request.user, now=clock.now())
    wrong = [name for name in form.errors if form.data.get(name) or name in form.files]  # what is empty may be filled in later
    if draft is None or wrong:
        return whole_page(request, form, raiser, draft, status=BAD_REQUEST)
    messages.success(request, _("The draft is kept. Only you can see it."))
    return redirect("issues:draft-page", draft.draft_key, WHOLE)

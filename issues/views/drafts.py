"""Drafts: one question per page, kept at every step, shared by the people of one firm."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from issues.actions.intake import change_files, discard_draft
from issues.enums import Stage
from issues.forms.intake import ClassifyForm, ConcernsForm, FilesForm, IssueForm, MatterForm, StaffIssueForm
from issues.likeness import giveaways, likely_duplicates
from issues.models import Issue
from issues.views.new import BAD_REQUEST, first_question, whole_page
from issues.views.raiser import Raiser, firm_not_open, may_raise, not_for_you, raiser_of
from issues.views.received import keep, posted_draft, to_receipt
from issues.workflow import ISSUE_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.files.downloads import download_response
from liaison.files.holder import Holder
from liaison.ui.forms import PortalForm, render_form_page
from liaison.workflow import StepNotOpen, Words


@dataclass(frozen=True)
class Question:
    """One page of the form."""

    name: str
    title: Words
    form: type[PortalForm]
    fields: tuple[str, ...]


QUESTIONS: Final = (
    Question("matter", gettext_lazy("What is it about?"), MatterForm, ("title", "body")),
    Question("classify", gettext_lazy("What sort of matter is it?"), ClassifyForm, ("category", "nature", "urgency")),
    Question("concerns", gettext_lazy("Who may know of it?"), ConcernsForm, ("sensitive", "concerns_text", "leader")),
    Question("files", gettext_lazy("Have you proofs or papers?"), FilesForm, ()),
)
PAGES: Final = (*(question.name for question in QUESTIONS), "check")
NEEDED: Final = {"title": "matter", "body": "matter", "category": "classify", "nature": "classify"}
WHOLE: Final = "whole"


def draft_of(user: User, key: UUID, *, writing: bool = False) -> Issue:
    """The person's draft, or what it has become; 404 for everybody else. Who writes into a sent one is told so (409)."""
    rows = Issue.objects.visible_to(user).select_related("enterprise", "category", "leader", "entered_by_unit")
    draft = get_object_or_404(rows, draft_key=key)
    if writing and draft.stage != Stage.DRAFT:
        raise StepNotOpen(ISSUE_FLOW["submit"], draft)
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
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
    draft = keep(form, raiser, draft, word=request.POST.get("once_key", ""), by=request.user, now=timezone.now())
    if draft is None or form.errors:
        return first_question(request, raiser, form, draft)
    return to_receipt(draft) if draft.stage != Stage.DRAFT else redirect("issues:draft-page", draft.draft_key, "classify")


def keep_for_later(request: SignedInRequest, raiser: Raiser, draft: Issue | None) -> HttpResponse:
    """Staff are called away: whatever is valid is kept, nothing need be complete."""
    present = draft.attachments.all() if draft else ()
    form = StaffIssueForm(request.POST, request.FILES, holder=Holder.of(request), present=present)
    form.is_valid()
    draft = keep(form, raiser, draft, word=request.POST.get("once_key", ""), by=request.user, now=timezone.now())
    typed_wrongly = [name for name in form.errors if name in form.data or name in form.files]
    if draft is None or any(form.data.get(name) for name in typed_wrongly):
        return whole_page(request, form, raiser, draft, status=BAD_REQUEST)
    messages.success(request, _("The draft is kept. Only you can see it."))
    return redirect("issues:draft-page", draft.draft_key, WHOLE)


@require_safe
def draft(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Go on where something is missing."""
    found = draft_of(request.user, key)
    return to_receipt(found) if found.stage != Stage.DRAFT else redirect("issues:draft-page", key, next_page(found))


def next_page(draft: Issue) -> str:
    """The first page with something missing, else the last."""
    if draft.entered_by_unit_id:
        return WHOLE
    return next((page for name, page in NEEDED.items() if not getattr(draft, name)), "check")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: SignedInRequest, key: UUID, page: str) -> HttpResponse:
    """One page of one draft."""
    found = draft_of(request.user, key, writing=request.method == "POST")
    if found.stage != Stage.DRAFT:
        return to_receipt(found)
    if (page == WHOLE) != bool(found.entered_by_unit_id):
        raise Http404
    if page in {"check", WHOLE}:
        return SHOWN_ONLY[page](request, found)
    question = next((each for each in QUESTIONS if each.name == page), None)
    if question is None:
        raise Http404
    return ask(request, found, question)


def ask(request: SignedInRequest, draft: Issue, question: Question) -> HttpResponse:
    """Show a question with what was kept; keep the answer and go on."""
    form = form_for(request, draft, question)
    if form.is_bound:
        form.is_valid()
        draft = keep(form, Raiser(draft.enterprise), draft, word="", by=request.user, now=timezone.now()) or draft
        if not form.errors:
            return redirect("issues:draft-page", draft.draft_key, after(request, question))
    place = PAGES.index(question.name)
    context = {
        "draft": draft,
        "question": question,
        "place": place + 1,
        "pages": len(PAGES),
        "before": PAGES[place - 1] if place else "",
        "files": list(draft.attachments.all()) if question.form is FilesForm else [],
    }
    template = "issues/intake/files.html" if question.form is FilesForm else "issues/intake/question.html"
    return render_form_page(request, template, form, context)


def form_for(request: SignedInRequest, draft: Issue, question: Question) -> PortalForm:
    """The question's form, with what was answered before."""
    if question.form is FilesForm:
        values: dict[str, Any] = {"holder": Holder.of(request), "present": draft.attachments.all()}
        return FilesForm(request.POST, request.FILES, **values) if request.method == "POST" else FilesForm(**values)
    return question.form(request.POST) if request.method == "POST" else question.form(initial=answers_of(draft, question.fields))


def answers_of(draft: Issue, names: tuple[str, ...]) -> dict[str, Any]:
    """What the draft holds, as a form shows it."""
    return {name: getattr(draft, name) for name in names}


def after(request: SignedInRequest, question: Question) -> str:
    """The next page; back to the answers when one came from there; more files when one asked for it."""
    if question.form is FilesForm and "more" in request.POST:
        return question.name
    return "check" if request.GET.get("then") == "check" else PAGES[PAGES.index(question.name) + 1]


def check(request: SignedInRequest, draft: Issue) -> HttpResponse:
    """All answers, what looks like them, and the button that sends."""
    if (missing := next_page(draft)) != "check":
        return redirect("issues:draft-page", draft.draft_key, missing)
    if request.method == "POST":  # the page posts to /issues/new/
        return redirect("issues:draft-page", draft.draft_key, "check")
    form = IssueForm(initial=answers_of(draft, tuple(name for question in QUESTIONS for name in question.fields)))
    context = {
        "draft": draft,
        "hidden": [form[name] for question in QUESTIONS for name in question.fields],
        "files": list(draft.attachments.all()),
        "alike": likely_duplicates(draft, request.user),
        "giveaways": giveaways(draft),
        "place": len(PAGES),
        "pages": len(PAGES),
    }
    return render(request, "issues/intake/check.html", context)


def whole(request: SignedInRequest, draft: Issue) -> HttpResponse:
    """A draft of staff, all questions on one page."""
    names = ("channel", *(name for question in QUESTIONS for name in question.fields))
    form = StaffIssueForm(initial=answers_of(draft, names), present=draft.attachments.all())
    return whole_page(request, form, Raiser(draft.enterprise, draft.entered_by_unit), draft)


SHOWN_ONLY: Final = {"check": check, WHOLE: whole}


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask once, then throw the draft away with its files."""
    found = draft_of(request.user, key, writing=request.method == "POST")
    if found.stage != Stage.DRAFT:
        return to_receipt(found)
    if request.method != "POST":
        return render(request, "issues/intake/discard.html", {"draft": found})
    discard_draft(found, by=request.user, now=timezone.now())
    messages.success(request, _("The draft was discarded."))
    return redirect("issues:new")


@require_safe
def attachment(request: SignedInRequest, key: UUID, number: int) -> HttpResponseBase:
    """A file of one's draft."""
    found = draft_of(request.user, key)
    return download_response(
        get_object_or_404(found.attachments.filter(message=None, answer=None, internal=False), pk=number), request=request
    )


@require_POST
def remove_attachment(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    """Take a file out of a draft; twice is no error."""
    found = draft_of(request.user, key, writing=True)
    change_files(found, remove=[number], by=request.user, now=timezone.now())
    messages.success(request, _("The file was removed."))
    back = reverse("issues:draft-page", args=[key, WHOLE if found.entered_by_unit_id else "files"])
    return redirect(f"{back}?then=check" if request.GET.get("then") == "check" else back)

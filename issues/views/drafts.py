"""Drafts: one question per page, kept at every step, shared by the people of one firm."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from issues.enums import Stage
from issues.forms.intake import ClassifyForm, ConcernsForm, FilesForm, IssueForm, MatterForm, StaffIssueForm
from issues.likeness import giveaways, likely_duplicates
from issues.models import Issue
from issues.views.begun import WHOLE, draft_of, while_it_lasts
from issues.views.new import whole_page
from issues.views.raiser import Raiser
from issues.views.received import keep, to_receipt
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.moments import clock
from liaison.ui.forms import PortalForm, render_form_page
from liaison.workflow import Words


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
@while_it_lasts
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
        draft = keep(form, Raiser(draft.enterprise), draft, word="", by=request.user, now=clock.now()) or draft
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
        "hidden": [(name, form[name].value()) for question in QUESTIONS for name in question.fields],
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

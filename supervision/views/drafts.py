"""A report being written: one section a page, kept at every step."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from issues.actions.intake import DailyCapReached, FirmNotOpen
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.files.holder import Holder
from liaison.moments import clock
from liaison.ui.forms import PortalForm, render_form_page
from liaison.workflow import StepNotOpen, Words
from supervision.actions.reporting import (
    AboutDiscipline,
    Tied,
    TooManyPhotos,
    change_photos,
    draft_of_form,
    save_draft,
    send_report,
)
from supervision.enums import ReportStage
from supervision.forms.report import CareForm, FactsForm, MatterForm, PhotosForm, WhereForm
from supervision.models import Report
from supervision.permissions import running_appointment
from supervision.workflow import REPORT_FLOW

BAD_REQUEST: Final = 400
SHOWN_DRAFTS: Final = 10


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    name: str
    title: Words
    form: type[PortalForm]
    needed: tuple[str, ...] = ()


SECTIONS: Final = (
    Section("matter", gettext_lazy("What did you see, and whom is it about?"), MatterForm, ("subject", "unit", "category")),
    Section("where", gettext_lazy("When, where and how?"), WhereForm, ("seen_at", "place", "manner", "function")),
    Section("facts", gettext_lazy("Tell it"), FactsForm, ("facts",)),
    Section("photos", gettext_lazy("Have you photographs?"), PhotosForm),
    Section("care", gettext_lazy("Who may know of it?"), CareForm),
)
PAGES: Final = (*(section.name for section in SECTIONS), "check")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """The first section; the draft is begun with its answers, and the same form posted again finds it."""
    if running_appointment(request.user) is None:
        raise PermissionDenied
    form = MatterForm(request.POST if request.method == "POST" else None)
    key = _key_of(request)
    if form.is_bound:
        form.is_valid()
        draft = draft_of_form(key, form.cleaned_data, by=request.user, now=clock.now())
        if not form.errors or draft.stage != ReportStage.DRAFT:
            return redirect(draft if draft.stage != ReportStage.DRAFT else _page_url(draft, "where"))
    drafts = Report.objects.filter(author=request.user, stage=ReportStage.DRAFT)
    context = {"section": SECTIONS[0], "place": 1, "pages": len(PAGES), "key": key, "drafts": drafts[:SHOWN_DRAFTS]}
    return render_form_page(request, "supervision/report_new.html", form, context)


def _key_of(request: SignedInRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def draft_for(user: User, key: UUID, *, writing: bool = False) -> Report:
    """The person's draft, or the report it has become; 404 for everybody else. Who writes into a sent one is told so (409)."""
    rows = Report.objects.filter(author=user).select_related("unit", "enterprise", "category", "author")
    found = get_object_or_404(rows, key=key)
    if writing and found.stage != ReportStage.DRAFT:
        raise StepNotOpen(REPORT_FLOW["send"], found)
    return found


@require_safe
def draft(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Go on where something is missing."""
    found = draft_for(request.user, key)
    return redirect(found if found.stage != ReportStage.DRAFT else _page_url(found, _next_page(found)))


def _next_page(report: Report) -> str:
    missing = (s.name for s in SECTIONS if any(not getattr(report, name) for name in s.needed))
    return next(missing, "check")


def _page_url(report: Report, page: str) -> str:
    return f"{report.get_absolute_url()}{page}/"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: SignedInRequest, key: UUID, page: str) -> HttpResponse:
    """One section of one draft."""
    found = draft_for(request.user, key, writing=request.method == "POST")
    if found.stage != ReportStage.DRAFT:
        return redirect(found)
    try:
        if page == "check":
            return _check(request, found)
        section = next((each for each in SECTIONS if each.name == page), None)
        if section is None:
            raise Http404
        return _ask(request, found, section)
    except Report.DoesNotExist:  # discarded at this very moment
        raise Http404 from None


def _ask(request: SignedInRequest, report: Report, section: Section) -> HttpResponse:
    """Show a section with what was kept; keep the answers, also beside wrong ones, and go on."""
    form, now = _form(request, report, section), clock.now()
    if form.is_bound:
        form.is_valid()
        _keep(form, report, request.user)
        if not form.errors:
            return redirect(_page_url(report, _after(request, section)))
    place = PAGES.index(section.name)
    context = {
        "report": report,
        "section": section,
        "place": place + 1,
        "pages": len(PAGES),
        "before": _page_url(report, PAGES[place - 1]) if place else "",
        "photos": list(report.photos.all()) if section.form is PhotosForm else [],
        "now": now,
    }
    template = "supervision/report_photos.html" if section.form is PhotosForm else "supervision/report_section.html"
    return render_form_page(request, template, form, context)


def _form(request: SignedInRequest, report: Report, section: Section) -> PortalForm:
    posted = request.method == "POST"
    if section.form is PhotosForm:
        values: dict[str, Any] = {"holder": Holder.of(request), "present": report.photos.all()}
        return PhotosForm(request.POST, request.FILES, **values) if posted else PhotosForm(**values)
    if posted:
        return section.form(request.POST)
    kept = {name: getattr(report, name) for name in section.form.base_fields}
    codes = {name: kept[name].code for name in ("unit", "category") if kept.get(name)}
    return section.form(initial=kept | codes)


def _keep(form: PortalForm, report: Report, by: User) -> None:
    if not isinstance(form, PhotosForm):
        save_draft(report, form.cleaned_data, by=by, now=clock.now())
        return
    try:
        change_photos(report, add=form.accepted_files(), by=by, now=clock.now())
    except TooManyPhotos:
        form.add_error("photos", _("The draft has as many photographs as a report may have."))


def _after(request: SignedInRequest, section: Section) -> str:
    if section.form is PhotosForm and "more" in request.POST:
        return section.name
    return "check" if request.GET.get("then") == "check" else PAGES[PAGES.index(section.name) + 1]


def _check(request: SignedInRequest, report: Report) -> HttpResponse:
    """All answers, and the button that sends."""
    if (missing := _next_page(report)) != "check":
        return redirect(_page_url(report, missing))
    refusal: Words = ""
    if request.method == "POST":
        try:
            return redirect(send_report(report, by=request.user, now=clock.now()))
        except Tied as tied:
            refusal = _why_tied(tied)
        except AboutDiscipline:
            refusal = _(
                "What touches the integrity of the discipline body itself cannot be given to it. Turn to the body above it, by "
                "telephone 12388. The draft is kept.",
            )
        except FirmNotOpen as shut:
            refusal = _("%(firm)s cannot raise issues at present.") % {"firm": shut.enterprise.name}
        except DailyCapReached:
            refusal = _("Your enterprise has sent as many issues today as it may. The draft is kept: send it tomorrow.")
    context = {
        "report": report,
        "photos": list(report.photos.all()),
        "refusal": refusal,
        "place": len(PAGES),
        "pages": len(PAGES),
    }
    return render(request, "supervision/report_check.html", context, status=BAD_REQUEST if refusal else None)


def _why_tied(tied: Tied) -> str:
    words = _(
        "You declared an interest in %(firm)s, so its matters are kept away from you. The enterprise can raise it itself.",
    )
    if tied.own:
        words = _(
            "You declared %(firm)s as your own enterprise, but do not act for it in the portal. Let it give you access: "
            "then your report becomes its issue.",
        )
    return words % {"firm": tied.enterprise.name}


@require_POST
def remove_photo(request: SignedInRequest, key: UUID, pk: int) -> HttpResponse:
    """Take one photograph out of a draft."""
    found = draft_for(request.user, key, writing=True)
    change_photos(found, remove=[pk], by=request.user, now=clock.now())
    return redirect(_page_url(found, "photos"))

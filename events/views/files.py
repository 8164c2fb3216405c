"""Papers of an occasion: whoever may read the occasion may have them, always as downloads; event staff add and remove them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.files import add_files, remove_file
from events.forms.files import FilesForm, RemoveFileForm
from events.models import Occasion
from events.permissions import manages
from events.views.lookup import occasion_for, reader_of
from events.workflow import FILES_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.files.downloads import download_response
from liaison.files.holder import Holder
from liaison.files.refusals import FileRefused
from liaison.moments import clock
from liaison.ui.forms import render_form_page


@login_not_required
@require_safe
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One file; of what is public, to everybody."""
    occasion = occasion_for(reader_of(request), slug)
    return download_response(get_object_or_404(occasion.files, pk=pk), request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Several files at once."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    step = FILES_FLOW.check("add-files", occasion, request.user, now)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FilesForm(*sent, present=len(occasion.files.all()), holder=Holder.of(request))
    if form.is_valid() and _added(form, occasion, request):
        number = len(form.cleaned_data["attachments"])
        messages.success(request, ngettext("%(number)s file added.", "%(number)s files added.", number) % {"number": number})
        return redirect(occasion)
    return render_form_page(request, "events/step.html", form, {"occasion": occasion, "step": step})


def _added(form: FilesForm, occasion: Occasion, request: SignedInRequest) -> bool:
    """Whether they are kept; what another window took or filled meanwhile is told beside the field."""
    try:
        add_files(occasion, by=request.user, now=clock.now(), files=form.cleaned_data["attachments"])
    except FileRefused as refused:
        form.add_error("attachments", refused)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take one away, with the reason."""
    occasion, now = occasion_for(request.user, slug), clock.now()
    if not manages(request.user):
        raise PermissionDenied
    file = get_object_or_404(occasion.files, pk=pk)
    step = FILES_FLOW.check("remove-file", occasion, request.user, now)
    form = RemoveFileForm(request.POST or None)
    if form.is_valid():
        remove_file(file, by=request.user, now=now, reason=form.cleaned_data["reason"])
        messages.success(request, _("Removed: %(name)s") % {"name": file.name})
        return redirect(occasion)
    return render_form_page(request, "events/step.html", form, {"occasion": occasion, "step": step, "file": file})

"""One draft: who finds it, its files, and throwing it away."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from issues.actions.intake import change_files, discard_draft
from issues.enums import Stage
from issues.models import Issue
from issues.views.received import to_receipt
from issues.workflow import ISSUE_FLOW
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.files.downloads import download_response
from liaison.moments import clock
from liaison.workflow import StepNotOpen

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]
WHOLE: Final = "whole"
"The page of a draft that staff began: all questions at once."


def draft_of(user: User, key: UUID, *, writing: bool = False) -> Issue:
    """The person's draft, or what it has become; 404 for everybody else. Who writes into a sent one is told so (409)."""
    rows = Issue.objects.visible_to(user).select_related("enterprise", "category", "leader", "entered_by_unit")
    draft = get_object_or_404(rows, draft_key=key)
    if writing and draft.stage != Stage.DRAFT:
        raise StepNotOpen(ISSUE_FLOW["submit"], draft)
    return draft


def while_it_lasts(view: View[P]) -> View[P]:
    """A draft that a colleague discards at this very moment is not there any more (404)."""

    @wraps(view)
    def answer(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Issue.DoesNotExist:
            raise Http404 from None

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@while_it_lasts
def discard(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask once, then throw the draft away with its files."""
    found = draft_of(request.user, key, writing=request.method == "POST")
    if found.stage != Stage.DRAFT:
        return to_receipt(found)
    if request.method != "POST":
        return render(request, "issues/intake/discard.html", {"draft": found})
    discard_draft(found, by=request.user, now=clock.now())
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
@while_it_lasts
def remove_attachment(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    """Take a file out of a draft; twice is no error."""
    found = draft_of(request.user, key, writing=True)
    change_files(found, remove=[number], by=request.user, now=clock.now())
    messages.success(request, _("The file was removed."))
    back = reverse("issues:draft-page", args=[key, WHOLE if found.entered_by_unit_id else "files"])
    return redirect(f"{back}?then=check" if request.GET.get("then") == "check" else back)

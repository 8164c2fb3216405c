"""Messages and internal notes: posted from the page of the issue."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from issues.actions.conversation import TALK, send_message, write_note
from issues.forms.talk import MessageForm, NoteForm
from issues.models import Issue
from issues.views.detail import page_of
from issues.views.lookup import issue_for
from liaison.accounts.http import SignedInRequest
from liaison.files.holder import Holder
from liaison.files.refusals import FileRefused
from liaison.moments import clock


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: SignedInRequest, address: str) -> HttpResponse:
    """Say something to the firm, or as the firm."""
    return _talk(request, address, "message")


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, address: str) -> HttpResponse:
    """Leave a note that only staff can read."""
    return _talk(request, address, "note")


def _talk(request: SignedInRequest, address: str, name: str) -> HttpResponse:
    issue, now = issue_for(request.user, address), clock.now()
    TALK.check(name, issue, request.user, now)
    if request.method != "POST":
        return redirect(f"{issue.get_absolute_url()}#talk")
    if name == "message":
        form: MessageForm | NoteForm = MessageForm(request.POST, request.FILES, holder=Holder.of(request))
    else:
        form = NoteForm(request.POST, prefix="note" if "note-text" in request.POST else None)
    if not (form.is_valid() and _done(issue, request, name, form)):
        context = page_of(issue, request.user, now) | {"form": form, f"{name}_form": form}
        return render(request, "issues/detail.html", context, status=400)
    messages.success(request, _("Sent.") if name == "message" else _("Noted."))
    return redirect(f"{issue.get_absolute_url()}#talk")


def _done(issue: Issue, request: SignedInRequest, name: str, form: MessageForm | NoteForm) -> bool:
    """Whether it was said; a kept file that the same message took with it a moment ago is told beside its field."""
    try:
        DOES[name](issue, request, form.cleaned_data)
    except FileRefused as refused:
        form.add_error("attachments", refused)
        return False
    return True


def _send(issue: Issue, request: SignedInRequest, values: dict[str, Any]) -> None:
    send_message(issue, by=request.user, now=clock.now(), text=values["text"], files=values["attachments"])


def _note(issue: Issue, request: SignedInRequest, values: dict[str, Any]) -> None:
    write_note(issue, by=request.user, now=clock.now(), text=values["text"])


DOES: dict[str, Callable[[Issue, SignedInRequest, dict[str, Any]], None]] = {"message": _send, "note": _note}

"""What a form brought becomes a draft: the valid parts at once, whatever is wrong with the others."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from issues.actions.intake import (
    MATTER_FIELDS,
    DailyCapReached,
    FirmNotOpen,
    Matter,
    TooManyFiles,
    change_files,
    draft_of_form,
    key_of_form,
    save_draft,
    submit_issue,
)
from issues.enums import Channel, Stage
from issues.forms.intake import FilesForm
from issues.models import MAX_FILES, Issue
from issues.views.raiser import Raiser, cap_reached, firm_not_open
from liaison.accounts.http import SignedInRequest
from liaison.accounts.models import User
from liaison.files.refusals import FileRefused
from liaison.parameters.models import parameter
from liaison.workdays import ZONE

LONGEST_WORD: Final = 100


def posted_draft(request: SignedInRequest) -> Issue | None:
    """The draft that the form names, or what it has become; None for a word that names nothing of the person's."""
    try:
        key = uuid.UUID(request.POST.get("draft", ""))
    except ValueError:
        return None
    return Issue.objects.visible_to(request.user).filter(draft_key=key).select_related("enterprise", "entered_by_unit").first()


def matter_from(form: forms.Form, kept: Issue | None, unit_entered: object = None) -> Matter:
    """The valid answers of a form over what was kept before."""
    matter = Matter.of(kept) if kept else Matter(channel=Channel.PAPER if unit_entered else Channel.WEB)
    matter = replace(matter, **{name: value for name, value in form.cleaned_data.items() if name in MATTER_FIELDS})
    if matter.channel in {Channel.WEB, Channel.DIRECT}:
        matter = replace(matter, channel=Channel.DIRECT if matter.leader else Channel.WEB)
    return matter


def keep(  # noqa: PLR0913
    form: forms.Form, raiser: Raiser, kept: Issue | None, *, word: str, by: User, now: datetime
) -> Issue | None:
    """Keep the valid answers as a draft; None when there is nothing to keep. It may turn out that the form was sent already."""
    matter = matter_from(form, kept, raiser.unit)
    files = form.accepted_files() if isinstance(form, FilesForm) else []
    if kept is None:
        if not (matter.title or matter.body or files):
            return None
        kept = _draft_for(raiser, matter, word=word[:LONGEST_WORD], by=by, now=now)
    if kept.stage != Stage.DRAFT:
        return kept
    kept = save_draft(kept, matter, by=by, now=now)
    _keep_files(form, kept, files, by=by, now=now)
    return kept


def _draft_for(raiser: Raiser, matter: Matter, *, word: str, by: User, now: datetime) -> Issue:
    """One draft for each form; a form that was sent and then filled with other words is another one."""
    firm = raiser.enterprise
    key = key_of_form(word, firm, by) if word else matter.once_key(firm, by, f"{now.astimezone(ZONE):%Y-%m-%d}")
    found = draft_of_form(firm, matter, by=by, now=now, once_key=key, for_firm_by_unit=raiser.unit)
    if found.stage == Stage.DRAFT or (found.title, found.body) == (matter.title, matter.body):
        return found
    key = key_of_form(f"{key}{matter.title}\n{matter.body}", firm, by)
    return draft_of_form(firm, matter, by=by, now=now, once_key=key, for_firm_by_unit=raiser.unit)


def _keep_files(form: forms.Form, kept: Issue, files: list[Any], *, by: User, now: datetime) -> None:
    try:
        change_files(kept, add=files, remove=form.cleaned_data.get("remove", ()), by=by, now=now)
    except FileRefused as refused:  # taken out of the draft in another window
        form.add_error("attachments", refused)
    except TooManyFiles:
        form.add_error(
            "attachments", forms.ValidationError(_("An issue has at most %(most)s files."), params={"most": MAX_FILES})
        )


def send(request: SignedInRequest, draft: Issue, now: datetime) -> HttpResponse:
    """Send a complete draft and show the receipt, or say why it cannot be sent today."""
    try:
        issue = submit_issue(draft, by=request.user, now=now, once_key=draft.once_key)
    except DailyCapReached:
        return cap_reached(request, draft, parameter("issues.daily_cap"))
    except FirmNotOpen as shut:
        return firm_not_open(request, shut.enterprise, draft)
    return to_receipt(issue)


def to_receipt(issue: Issue) -> HttpResponse:
    """The same receipt for everybody who sent this form."""
    return redirect("issues:receipt", issue.address)

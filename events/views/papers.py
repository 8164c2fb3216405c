"""Papers to print, what leaders read before a meeting, and the minutes for Word."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import override
from django.views.decorators.http import require_safe

from events.briefing import briefing_for_word, briefing_of, briefing_pdf
from events.enums import BEFORE
from events.guards import newest_revision
from events.models import Occasion
from events.permissions import answers_or_manages, manages, prepares, reads_drafts, reads_record
from events.printing import letter_of, minutes_for_word, name_cards_of, seat_plan_of
from events.publication import approved_revision
from events.record import paper_of
from events.views.lookup import occasion_for
from liaison.accounts.http import SignedInRequest
from liaison.documents.pdf import MissingGlyph
from liaison.files.downloads import made_response
from liaison.moments import clock

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def letter(request: SignedInRequest, slug: str, pk: int) -> HttpResponseBase:
    """The letter to one firm: for event staff who send it by post, for the firm that wants it on paper."""
    occasion = occasion_for(request.user, slug)
    invitation = get_object_or_404(occasion.invitations.select_related("enterprise"), pk=pk)
    if not answers_or_manages(invitation, request.user):
        raise PermissionDenied
    invitation.occasion = occasion
    return _made(request, occasion, f"邀请函-{invitation.enterprise.name}.pdf", lambda: letter_of(invitation, clock.now()))


@require_safe
def name_cards(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Name cards of all who come, for the table."""
    occasion = occasion_for(request.user, slug)
    if not manages(request.user):
        raise PermissionDenied
    return _made(request, occasion, f"席卡-{occasion.slug}.pdf", lambda: name_cards_of(occasion, clock.now()))


@require_safe
def seat_plan(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Who sits where, of all who come."""
    occasion = occasion_for(request.user, slug)
    if not prepares(occasion, request.user):
        raise PermissionDenied
    return _made(request, occasion, f"座次图-{occasion.slug}.pdf", lambda: seat_plan_of(occasion, clock.now()))


@require_safe
def briefing(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """What leaders read before the meeting; afterwards the record has it."""
    occasion = occasion_for(request.user, slug)
    if not prepares(occasion, request.user):
        raise PermissionDenied
    if occasion.stage not in BEFORE:
        raise Http404
    name = f"会前资料-{occasion.slug}.{form}"
    found = briefing_of(occasion, request.user, clock.now())
    if form == "pdf":
        return _made(request, occasion, name, lambda: briefing_pdf(found))
    with override(settings.LANGUAGE_CODE):
        return made_response(briefing_for_word(found), name=name, media_type=WORD)


@require_safe
def minutes(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The minutes for Word: the approved ones; for event staff and who presides the newest draft, marked as such."""
    occasion = occasion_for(request.user, slug)
    drafts = reads_drafts(occasion, request.user)
    if not drafts and not reads_record(occasion, request.user):
        raise PermissionDenied
    revision = newest_revision(occasion) if drafts else approved_revision(occasion)
    if revision is None:
        raise Http404
    content = minutes_for_word(paper_of(occasion, revision), dated=clock.now())
    return made_response(content, name=f"纪要-{occasion.slug}.docx", media_type=WORD)


def _made(request: SignedInRequest, occasion: Occasion, name: str, make: Callable[[], bytes]) -> HttpResponseBase:
    """A PDF in the portal's first language; a character that no font has is told, with what to do about it."""
    try:
        with override(settings.LANGUAGE_CODE):
            content = make()
    except MissingGlyph as missing:
        messages.error(request, str(missing))
        return redirect(occasion)
    return made_response(content, name=name, media_type=PDF)

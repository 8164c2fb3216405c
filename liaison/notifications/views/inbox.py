"""The inbox: what happened to my matters, newest first."""

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liaison.accounts.http import SignedInRequest
from liaison.moments import clock
from liaison.notifications.models import Notification
from liaison.notifications.rendering import NotForReader, message_of, messages_of
from liaison.ui.paging import count_up_to, keyset_page

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One message as the inbox shows it."""

    notification: Notification
    subject: str = ""
    text: str = ""
    url: str = ""
    why: str = ""


def inbox(request: SignedInRequest) -> HttpResponse:
    """All messages, or the unread ones."""
    mine = Notification.objects.inbox_of(request.user).select_related("recipient")
    unread = mine.unread()
    only_unread = request.GET.get("show") == "unread"
    page = keyset_page(unread if only_unread else mine, request.GET, by="-created_at")
    context = {"page": page, "lines": _lines(page.rows), "unread": count_up_to(unread), "only_unread": only_unread}
    return render(request, "notifications/inbox.html", context)


def _lines(rows: list[Notification]) -> list[Line]:
    """In words; a message about something its reader may no longer see stays as an empty line, so that nothing vanishes."""
    seen = {message.notification.pk: message for message in messages_of(rows)}
    lines = []
    for row in rows:
        message = seen.get(row.pk)
        try:
            lines.append(Line(row, message.subject, message.text, message.url, message.why) if message else Line(row))
        except Exception:  # one bad template must not shut the inbox
            logger.exception("Message %s cannot be shown", row.pk)
            lines.append(Line(row))
    return lines


@require_POST
def open_message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark it read and go to the thing it is about."""
    row = get_object_or_404(Notification.objects.inbox_of(request.user).select_related("recipient"), pk=pk)
    Notification.objects.filter(pk=row.pk).unread().update(read_at=clock.now())
    try:
        url = message_of(row).url
    except NotForReader:
        messages.info(request, _("You may no longer see what this message was about."))
        url = ""
    return redirect(url or "inbox")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything read."""
    count = Notification.objects.inbox_of(request.user).unread().update(read_at=clock.now())
    if count:
        messages.success(request, _("All messages are marked as read."))
    return redirect("inbox")

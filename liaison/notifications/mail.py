"""The one place where mail is built."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from liaison.notifications.models import Delivery
from liaison.notifications.rendering import Message, language_of, message_of


class Undeliverable(Exception):  # noqa: N818 - trying again is of no use
    """The mail can never be sent."""


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of one delivery, in the reader's language; the same Message-ID at every attempt."""
    notification = delivery.notification
    with translation.override(language_of(notification)):
        message = message_of(notification)
        sealed = bool(message.context.get("sensitive"))
        mail = EmailMultiAlternatives(
            subject=_line(" ".join(message.part("subject.txt", sealed=sealed).split())),
            body=_framed(message, "txt", sealed=sealed),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[_address(message.context.get("to") or notification.recipient.email)],
            headers={
                "Message-ID": f"<{delivery.message_id}@{urlsplit(settings.PORTAL_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": language_of(notification),
            },
        )
        mail.attach_alternative(_framed(message, "html", sealed=sealed), "text/html")
    return mail


def _framed(message: Message, suffix: str, *, sealed: bool) -> str:
    """The kind's words between greeting and foot: where to read on, and why this was sent."""
    context = {
        "name": message.notification.recipient.name,
        "body": message.part(f"body.{suffix}", sealed=sealed).strip(),
        "url": f"{settings.PORTAL_URL}{message.url}" if message.url.startswith("/") else message.url,
        "why": message.context.get("why", ""),
        "district": settings.DISTRICT_NAME_EN if translation.get_language() == "en" else settings.DISTRICT_NAME,
    }
    return render_to_string(f"notices/_frame.{suffix}", context)


def _address(text: str) -> str:
    if not text:
        raise Undeliverable("no address")
    return _line(text)


def _line(text: str) -> str:
    """A header is one line: a second one would be a header of the writer's own."""
    if any(character in text for character in "\r\n\0"):
        raise Undeliverable("line break in a header")
    return text

"""The one place where mail is built."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from liaison.accounts.models import User
from liaison.notifications.digests import Digest, digest_of
from liaison.notifications.models import Delivery
from liaison.notifications.outcomes import Undeliverable
from liaison.notifications.rendering import Message, language_of, message_of


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of one delivery, in the reader's language; the same Message-ID at every attempt."""
    reader = delivery.recipient
    if reader is None:
        raise Undeliverable("nobody")
    with translation.override(language_of(reader)):
        if delivery.notification is None:
            digest = digest_of(delivery)
            mail = _mail(delivery, digest.subject, reader.email, {s: _digest_framed(reader, digest, s) for s in ("txt", "html")})
        else:
            message = message_of(delivery.notification)
            to = str(message.context.get("to") or reader.email)
            subject = message.line(sealed=message.is_sealed)
            mail = _mail(delivery, subject, to, {s: _message_framed(reader, message, s) for s in ("txt", "html")})
            _add_calendar(mail, message, to)
    return mail


def _add_calendar(mail: EmailMultiAlternatives, message: Message, to: str) -> None:
    """An entry for the reader's calendar: as a part that mail programmes act on, and as a file for those that take it out."""
    make = message.context.get("calendar")
    if make is None or message.is_sealed:
        return
    content, mimetype = make(to)
    mail.attach_alternative(content, mimetype)
    mail.attach("calendar.ics", content, "application/ics")


def _mail(delivery: Delivery, subject: str, to: str, bodies: dict[str, str]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=_line(subject),
        body=bodies["txt"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_address(to)],
        headers={
            "Message-ID": f"<{delivery.message_id}@{urlsplit(settings.PORTAL_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": translation.get_language(),
        },
    )
    mail.attach_alternative(bodies["html"], "text/html")
    return mail


def _message_framed(reader: User, message: Message, suffix: str) -> str:
    """The kind's words between greeting and foot: where to read on, and why this was sent."""
    body = message.part(f"body.{suffix}", sealed=message.is_sealed).strip()
    url = message.address(sealed=message.is_sealed)
    return _framed(suffix, {"name": reader.name, "body": body, "url": url, "why": message.why})


def _digest_framed(reader: User, digest: Digest, suffix: str) -> str:
    body = render_to_string(f"notices/digest/body.{suffix}", {"digest": digest}).strip()
    return _framed(suffix, {"name": reader.name, "body": body, "url": digest.address, "why": digest.why})


def _framed(suffix: str, values: dict[str, Any]) -> str:
    district = settings.DISTRICT_NAME_EN if translation.get_language() == "en" else settings.DISTRICT_NAME
    return render_to_string(f"notices/_frame.{suffix}", {**values, "district": district})


def _address(text: str) -> str:
    if not text:
        raise Undeliverable("no address")
    return _line(text)


def _line(text: str) -> str:
    """A header is one line: a second one would be a header of the writer's own."""
    if any(character in text for character in "\r\n\0"):
        raise Undeliverable("line break in a header")
    return text

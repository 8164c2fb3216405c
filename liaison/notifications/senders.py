"""One sender for each way: returns when the other side said that all is well."""

import smtplib
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.utils import timezone, translation

from liaison.accounts.models import Posting, User
from liaison.notifications import addresses, robots, sms, texts
from liaison.notifications.clock import moment
from liaison.notifications.digests import digest_of
from liaison.notifications.mail import mail_of
from liaison.notifications.models import Channel, Delivery, Notification, Robot
from liaison.notifications.outcomes import AddressRefused, Undeliverable
from liaison.notifications.rendering import Message, NotForReader, language_of, message_of, messages_of
from liaison.notifications.standins import tell_standins

PERMANENT: Final = 500


def by_mail(delivery: Delivery) -> None:
    """At least once: a worker that dies between the mail server's "ok" and our mark sends again, with the same Message-ID."""
    reader = _reader(delivery)
    mail = mail_of(delivery)
    tell_standins(delivery)
    _check(reader, Channel.EMAIL, mail.to[0])
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if words := _refusal(error):
            addresses.mark(reader, Channel.EMAIL, mail.to[0], words)
            raise AddressRefused(words) from None
        raise


def _refusal(error: smtplib.SMTPRecipientsRefused) -> str:
    """The server's code where the address does not exist; 5.7 is about us and our words, not about the address."""
    answers = list(error.recipients.values())
    if not answers or any(code < PERMANENT or b"5.7." in bytes(words)[:12] for code, words in answers):
        return ""
    return f"SMTP {answers[0][0]}"


def by_sms(delivery: Delivery) -> None:
    """The provider gets the delivery's own number, so that it can know a second copy."""
    reader = _reader(delivery)
    phone = sms.mobile_of(reader.phone)
    if not phone:
        raise Undeliverable("no mobile number")
    tell_standins(delivery)
    _check(reader, Channel.SMS, phone)
    with translation.override(language_of(reader)):
        if delivery.notification is None:
            text = texts.sms_of_digest(digest_of(delivery))
        else:
            text = texts.sms_of(message_of(delivery.notification))
    try:
        sms.send(phone, text, delivery.message_id.hex)
    except AddressRefused as error:
        addresses.mark(reader, Channel.SMS, phone, str(error))
        raise


def by_robot(delivery: Delivery) -> None:
    """In the portal's first language, and nothing that only some of the group may know."""
    robot = delivery.robot
    if robot is None or not robot.active:
        raise NotForReader
    if robot.refused_at is not None:
        raise Undeliverable("the robot was refused before")
    with translation.override(settings.LANGUAGE_CODE):
        if delivery.notification is None:
            text = texts.post_of_digest(digest_of(delivery))
        else:
            text = texts.post_of(_for_the_unit(delivery.notification, robot))
    try:
        robots.say(robot, text, moment().timestamp())  # providers refuse what is signed an hour off
    except AddressRefused as error:
        Robot.objects.filter(pk=robot.pk, refused_at=None).update(refused_at=timezone.now(), refusal=str(error)[:100])
        raise


def _for_the_unit(notification: Notification, robot: Robot) -> Message:
    """The message as somebody of the unit may still read it; whoever was told first may have left."""
    today = timezone.localdate()
    same = Notification.objects.filter(kind=notification.kind, key=notification.key, recipient__is_active=True)
    ours = same.filter(recipient__in=Posting.objects.on(today).filter(unit=robot.unit_id).values("user"))
    for message in messages_of(ours.select_related("recipient").order_by("pk")):
        return message
    raise NotForReader


def _reader(delivery: Delivery) -> User:
    reader = delivery.recipient
    if reader is None or not reader.is_active:
        raise NotForReader
    return reader


def _check(reader: User, channel: Channel, address: str) -> None:
    if addresses.is_refused(reader, channel, address):
        raise Undeliverable("the address was refused before")


SENDERS: Final[dict[Channel, Callable[[Delivery], None]]] = {
    Channel.EMAIL: by_mail,
    Channel.SMS: by_sms,
    Channel.WECOM: by_robot,
    Channel.DINGTALK: by_robot,
    Channel.FEISHU: by_robot,
}

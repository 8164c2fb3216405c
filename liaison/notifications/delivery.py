"""Sending what is due: rows are claimed by a lease, and finished only by whoever still holds it."""

import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.core.mail import BadHeaderError
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from liaison.notifications.mail import Undeliverable, mail_of
from liaison.notifications.models import Channel, Delivery, DeliveryState, Notification
from liaison.notifications.rendering import NotForReader

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
"Longer than one mail can take (EMAIL_TIMEOUT); renewed before each."
BATCH: Final = 50
MAILS: Final = 10
"Claimed at a time: between two claims the inbox has its turn, however slow the mail server is."
PAUSES: Final = tuple(timedelta(seconds=s) for s in (30, 120, 480, 1800, 7200, 21_600, 21_600))
"After the last pause the delivery has failed: eight tries over about sixteen hours."
MOST_TRIES: Final = len(PAUSES) + 1

# The database's clock decides: workers on machines with different clocks agree.
CLAIM: Final = """
UPDATE notifications_delivery SET state = 'sending', lease_token = %(token)s,
  lease_until = clock_timestamp() + %(lease)s::interval
WHERE id IN (
  SELECT id FROM notifications_delivery
  WHERE state IN ('created', 'sending') AND next_at <= clock_timestamp()
    AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND (channel = 'inbox') = %(inbox)s
  ORDER BY next_at, id FOR UPDATE SKIP LOCKED LIMIT %(limit)s
) RETURNING id
"""


def deliver_due(limit: int = BATCH, until: float | None = None) -> int:
    """Claim some due deliveries and send them, the inbox first; the number claimed, so that 0 means that nothing is due.

    After ``until`` (of the monotonic clock) no further mail is begun; what was claimed is free for others at once.
    """
    token = uuid.uuid4()
    _send_all(inbox := _claim(token, limit, inbox=True), token)
    mails = _claim(token, min(limit - len(inbox), MAILS), inbox=False)
    left = _send_all(mails, token, until)
    Delivery.objects.filter(pk__in=left, lease_token=token).update(
        state=DeliveryState.CREATED, lease_until=None, lease_token=None
    )
    return len(inbox) + len(mails)


def _claim(token: uuid.UUID, limit: int, *, inbox: bool) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"token": token, "lease": f"{LEASE.seconds} seconds", "limit": limit, "inbox": inbox})
        return sorted(row[0] for row in cursor.fetchall())


def _send_all(claimed: list[int], token: uuid.UUID, until: float | None = None) -> list[int]:
    """Try each; those that time did not allow are given back."""
    rows = Delivery.objects.select_related("notification__recipient").in_bulk(claimed)
    for place, pk in enumerate(claimed):
        if until is not None and time.monotonic() > until:
            return claimed[place:]
        if pk in rows:
            _deliver(rows[pk], token)
    return []


def _deliver(delivery: Delivery, token: uuid.UUID) -> None:
    """One try of one delivery."""
    if not _begin(delivery, token):
        return  # another worker took over while this one was slow
    if delivery.attempts > MOST_TRIES:  # every worker that took it up died of it
        _finish(delivery, token, state=DeliveryState.FAILED, error="given up: no try came to an end")
        return
    try:
        SENDERS[Channel(delivery.channel)](delivery, token)
    except NotForReader:
        _finish(delivery, token, state=DeliveryState.SUPERSEDED, error="not for this reader any more")
    except (Undeliverable, BadHeaderError) as error:
        _finish(delivery, token, state=DeliveryState.FAILED, error=str(error))
    except Exception as error:  # one bad message must not hold up the others
        logger.warning(
            "Delivery %s, try %s: %s", delivery.pk, delivery.attempts, type(error).__name__, exc_info=not _is_outside(error)
        )
        _try_again(delivery, token, error)


def _begin(delivery: Delivery, token: uuid.UUID) -> bool:
    """Renew the lease and count the try, if the lease is still ours."""
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)
    delivery.attempts += 1
    return mine.update(lease_until=Now() + LEASE, attempts=F("attempts") + 1) == 1


def _finish(delivery: Delivery, token: uuid.UUID, *, state: DeliveryState, error: str = "") -> bool:
    sent_at = timezone.now() if state == DeliveryState.SENT else None
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)
    return mine.update(state=state, sent_at=sent_at, error=error[:300], lease_until=None, lease_token=None) == 1


def _try_again(delivery: Delivery, token: uuid.UUID, error: Exception) -> None:
    """Wait longer after every failure; give up when it is for good or too often."""
    words = f"{type(error).__name__}: {error}"[:300]
    if _is_for_good(error) or delivery.attempts >= MOST_TRIES:
        _finish(delivery, token, state=DeliveryState.FAILED, error=words)
        return
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)
    pause = PAUSES[delivery.attempts - 1]
    mine.update(state=DeliveryState.CREATED, next_at=Now() + pause, error=words, lease_until=None, lease_token=None)


def _is_for_good(error: Exception) -> bool:
    """Whether the mail server refused this address or this mail for ever (5xx); a refused sign-in of ours is not that."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())  # noqa: PLR2004 - SMTP's permanent errors
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500  # noqa: PLR2004


def _is_outside(error: Exception) -> bool:
    """Whether the fault is the network's or the mail server's, not ours (no traceback needed)."""
    return isinstance(error, OSError)  # smtplib's errors are OSErrors


def _to_inbox(delivery: Delivery, token: uuid.UUID) -> None:
    """It is in the inbox from now on; twice is the same as once."""
    with transaction.atomic():
        if _finish(delivery, token, state=DeliveryState.SENT):
            Notification.objects.filter(pk=delivery.notification_id, delivered_at=None).update(delivered_at=timezone.now())


def _by_mail(delivery: Delivery, token: uuid.UUID) -> None:
    """At least once: a worker that dies between the mail server's "ok" and our mark sends again, with the same Message-ID."""
    if not delivery.notification.recipient.is_active:
        raise NotForReader
    mail_of(delivery).send()
    _finish(delivery, token, state=DeliveryState.SENT)


SENDERS: Final[dict[Channel, Callable[[Delivery, uuid.UUID], None]]] = {Channel.INBOX: _to_inbox, Channel.EMAIL: _by_mail}

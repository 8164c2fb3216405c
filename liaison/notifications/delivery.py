"""Sending what is due: rows are claimed by a lease, and finished only by whoever still holds it."""

import logging
import smtplib
import time
import uuid
from datetime import timedelta
from typing import Final

from django.core.mail import BadHeaderError
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Now

from liaison.notifications.clock import moment
from liaison.notifications.models import Channel, Delivery, DeliveryState
from liaison.notifications.outcomes import Later, TakenOver, Undeliverable
from liaison.notifications.rendering import NotForReader
from liaison.notifications.senders import SENDERS
from liaison.notifications.turns import FREE, LEASE, begin

logger = logging.getLogger(__name__)

BATCH: Final = 10
"Claimed at a time: few, so that other workers find something to do when the mail server is slow."
PAUSES: Final = tuple(timedelta(seconds=s) for s in (30, 120, 480, 1800, 7200, 21_600, 21_600))
"After the last pause the delivery has failed: eight tries over about sixteen hours."
MOST_TRIES: Final = len(PAUSES) + 1
PATIENCE: Final = timedelta(days=1)
"How long a provider may say that we are too fast."
RESPITE: Final = 30
"Seconds for which a provider that does not answer is left alone, so that mail does not wait for it."

# The database's clock decides: workers on machines with different clocks agree.
# Materialized: as a plain subquery it may be run several times, and more rows are claimed than the limit allows.
CLAIM: Final = """
WITH due AS MATERIALIZED (
  SELECT id FROM notifications_delivery
  WHERE state IN ('created', 'sending') AND next_at <= clock_timestamp()
    AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND channel <> 'inbox'
  ORDER BY next_at, id FOR UPDATE SKIP LOCKED LIMIT %(limit)s
)
UPDATE notifications_delivery AS row SET state = 'sending', lease_token = %(token)s,
  lease_until = clock_timestamp() + %(lease)s::interval
FROM due WHERE row.id = due.id RETURNING row.id
"""


# Messages are in the inbox when they are written (writing.py); these were written by a version that left it to the worker.
SETTLE: Final = """
WITH due AS MATERIALIZED (
  SELECT id, notification_id FROM notifications_delivery
  WHERE state IN ('created', 'sending') AND next_at <= clock_timestamp() AND channel = 'inbox'
  ORDER BY next_at, id FOR UPDATE SKIP LOCKED LIMIT %(limit)s
), there AS (
  UPDATE notifications_notification AS row SET delivered_at = clock_timestamp()
  FROM due WHERE row.id = due.notification_id AND row.delivered_at IS NULL
)
UPDATE notifications_delivery AS row SET state = 'sent', sent_at = clock_timestamp(), lease_token = NULL, lease_until = NULL
FROM due WHERE row.id = due.id
"""


def settle_inbox(limit: int = 1000) -> int:
    """What waits for the inbox is in it, all at once: one transaction needs no lease. How many there were."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, {"limit": limit})
        return int(cursor.rowcount)


def deliver_due(limit: int = BATCH, until: float | None = None) -> int:
    """Claim some due deliveries and send them; the number claimed, so that 0 means that nothing is due.

    After ``until`` (of the monotonic clock) nothing further is begun; what was claimed is free for others at once.
    """
    token = uuid.uuid4()
    claimed = _claim(token, limit)
    left = _send_all(claimed, token, until)
    Delivery.objects.filter(pk__in=left, lease_token=token).update(state=DeliveryState.CREATED, **FREE)
    return len(claimed)


def _claim(token: uuid.UUID, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"token": token, "lease": f"{LEASE.seconds} seconds", "limit": limit})
        return sorted(row[0] for row in cursor.fetchall())


def _send_all(claimed: list[int], token: uuid.UUID, until: float | None = None) -> list[int]:
    """Try each; those that time did not allow are given back."""
    rows = Delivery.objects.select_related("notification__recipient", "recipient", "robot").in_bulk(claimed)
    for place, pk in enumerate(claimed):
        if until is not None and time.monotonic() > until:
            return claimed[place:]
        if pk in rows and not begin(rows[pk], token):
            rows = _still_ours(rows, token)  # another worker took over, or it waits, or is part of a digest: others with it
        elif pk in rows:
            _deliver(rows[pk], token)
    return []


def _still_ours(rows: dict[int, Delivery], token: uuid.UUID) -> dict[int, Delivery]:
    held = Delivery.objects.filter(pk__in=rows, lease_token=token, state=DeliveryState.SENDING).values_list("pk", flat=True)
    return {pk: rows[pk] for pk in held}


def _deliver(delivery: Delivery, token: uuid.UUID) -> None:
    """One try of one delivery, which has begun."""
    if delivery.attempts > MOST_TRIES:  # every worker that took it up died of it
        _finish(delivery, token, state=DeliveryState.FAILED, error="given up: no try came to an end")
        return
    try:
        SENDERS[Channel(delivery.channel)](delivery)
    except TakenOver:
        logger.warning("Delivery %s took longer than its lease; another worker has it", delivery.pk)
    except NotForReader:
        _finish(delivery, token, state=DeliveryState.SUPERSEDED, error="not for this reader any more")
    except (Undeliverable, BadHeaderError) as error:
        _finish(delivery, token, state=DeliveryState.FAILED, error=str(error))
    except Exception as error:  # one bad message must not hold up the others
        logger.warning(
            "Delivery %s, try %s: %s", delivery.pk, delivery.attempts, type(error).__name__, exc_info=not _is_outside(error)
        )
        _try_again(delivery, token, error)
    else:
        _finish(delivery, token, state=DeliveryState.SENT)


def _finish(delivery: Delivery, token: uuid.UUID, *, state: DeliveryState, error: str = "") -> bool:
    sent_at = Now() if state == DeliveryState.SENT else None
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)
    return mine.update(state=state, sent_at=sent_at, error=error[:300], **FREE) == 1


def _try_again(delivery: Delivery, token: uuid.UUID, error: Exception) -> None:
    """Wait longer after every failure; give up when it is for good or too often. Being too fast is no failure of the message."""
    limited = isinstance(error, Later) and error.limited and delivery.due_at > moment() - PATIENCE
    if _is_for_good(error) or (delivery.attempts >= MOST_TRIES and not limited):
        _finish(delivery, token, state=DeliveryState.FAILED, error=_words(error))
        return
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    if isinstance(error, Later) and error.after:
        pause = timedelta(seconds=error.after)
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=token, state=DeliveryState.SENDING)
    attempts = Greatest(F("attempts") - 1, 1) if limited else F("attempts")
    mine.update(state=DeliveryState.CREATED, next_at=Now() + pause, attempts=attempts, error=_words(error), **FREE)
    if isinstance(error, Later) and error.whole_way:
        _leave_alone(delivery, token, timedelta(seconds=error.after or RESPITE))


def _leave_alone(delivery: Delivery, token: uuid.UUID, pause: timedelta) -> None:
    """Nothing else by the same way meanwhile: neither a flood against a limit nor a row of time-outs that mail waits for."""
    same = Q(robot=delivery.robot) if delivery.robot else Q(channel=delivery.channel)
    until = moment() + pause
    idle = Q(state=DeliveryState.CREATED) | Q(state=DeliveryState.SENDING) & (Q(attempts=0) | Q(lease_token=token))
    waiting = Delivery.objects.filter(same, idle, next_at__lt=until).select_for_update(skip_locked=True, no_key=True)
    with transaction.atomic():
        Delivery.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
            state=DeliveryState.CREATED, next_at=until, **FREE
        )


def _words(error: Exception) -> str:
    """What went wrong, without the addresses that servers repeat in their answers."""
    if isinstance(error, Later):
        return str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"SMTP {min((code for code, _words in error.recipients.values()), default=0)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"SMTP {error.smtp_code}"
    return type(error).__name__


def _is_for_good(error: Exception) -> bool:
    """Whether the mail server refused this address or this mail for ever (5xx); a refused sign-in of ours is not that."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())  # noqa: PLR2004 - SMTP's permanent errors
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500  # noqa: PLR2004


def _is_outside(error: Exception) -> bool:
    """Whether the fault is the network's or a provider's, not ours (no traceback needed)."""
    return isinstance(error, OSError | Later)  # smtplib's errors are OSErrors


def send_again(delivery: Delivery) -> bool:
    """A failed delivery is tried anew; false when it is not failed (any more)."""
    failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    # One try stays counted: a digest that was closed does not collect again.
    return failed.update(state=DeliveryState.CREATED, attempts=1, next_at=Now(), due_at=Now(), error="", **FREE) == 1

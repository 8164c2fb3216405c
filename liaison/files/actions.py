"""Throwing kept files away when nobody came back for them."""

import logging
from datetime import datetime

from django.db import transaction

from liaison.files.holder import Holder
from liaison.files.models import KEPT_FOR, MOST_KEPT, PendingUpload

logger = logging.getLogger(__name__)


def purge_pending(now: datetime) -> int:
    """Throw away what has waited for seven days; safe to run twice and beside itself."""
    old = PendingUpload.objects.filter(created_at__lt=now - KEPT_FOR)
    return sum(throw_away(pending) for pending in old.order_by("created_at")[:1000])


def purge_surplus(holder: Holder) -> int:
    """Throw away what one person or visitor has sent beyond a fair number, the oldest first."""
    unused = PendingUpload.objects.held_by(holder).unused()
    return sum(throw_away(pending) for pending in unused.order_by("-created_at")[MOST_KEPT:])


def throw_away(pending: PendingUpload) -> bool:
    """Remove the row, and the bytes unless something else took them over."""
    try:
        with transaction.atomic():
            row = PendingUpload.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=pending.pk).first()
            if row is None:
                return False
            if row.used_at is None:
                row.file.storage.delete(str(row.file.name))
            row.delete()
    except Exception:  # one file that cannot be removed must not keep the others
        logger.exception("Kept file not removed: %s", pending.pk)
        return False
    return True

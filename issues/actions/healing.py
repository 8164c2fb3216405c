"""Open issues that have no clock: those of before there were clocks, for instance. Found by state, safe to run twice."""

import logging
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from issues.actions.step import lock
from issues.models import SUBJECT, Issue
from issues.timing import keep_clocks
from liaison.clocks.models import Clock

logger = logging.getLogger(__name__)

MOST: Final = 1000
"At one go; the next sweep goes on."


def keep_missing_clocks(now: datetime) -> int:
    """Start what should run; how many issues had nothing."""
    running = Clock.objects.running().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"))
    mended = 0
    for pk in list(Issue.objects.open().exclude(Exists(running)).order_by("pk").values_list("pk", flat=True)[:MOST]):
        try:
            with transaction.atomic():
                keep_clocks(lock(Issue(pk=pk)), now)
            mended += 1
        except Exception:  # one bad issue must not hold up the others
            logger.exception("Could not start the clocks of issue %s", pk)
    return mended

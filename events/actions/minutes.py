"""Minutes saved, submitted, returned, approved. Every save is a revision; none is ever changed."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from events import notices
from events.actions.step import begin, finish, write_event
from events.enums import Stage
from events.guards import newest_revision
from events.merging import Part, same
from events.models import Occasion, Paragraph, Revision
from events.timing import keep_clocks
from events.workflow import OCCASION_FLOW
from liaison.accounts.models import User
from liaison.notifications.actions import notify
from liaison.workdays import portal
from liaison.workflow import StepNotOpen

POINT_KEY: Final = re.compile(r"p([1-9]\d{0,17})")
FREE_KEY: Final = re.compile(r"f[0-9a-f]{8}")


class StaleMinutes(Exception):  # noqa: N818 - an answer to the second editor, not a fault
    """Somebody else has saved a revision since this text was begun."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(f"revision {newest.number} is newer")
        self.newest = newest


@transaction.atomic
def save_minutes(occasion: Occasion, *, by: User, now: datetime, revision: int, parts: Sequence[Part]) -> Revision | None:
    """Save a revision on top of the one that was edited (0: none); the same text again is no revision."""
    occasion = begin("save-minutes", occasion, by, now)
    newest, wanted = newest_revision(occasion), known_parts(occasion, parts)
    if newest is not None and same(parts_of(newest), wanted):
        return newest
    if newest is not None and newest.number != revision:
        raise StaleMinutes(newest)
    if not any(part.text for part in wanted):
        return newest
    saved = Revision.objects.create(occasion=occasion, number=(newest.number if newest else 0) + 1, saved_by=by, saved_at=now)
    Paragraph.objects.bulk_create(
        Paragraph(revision=saved, position=n, key=part.key, point_id=point_of(part.key), text=part.text, publish=part.publish)
        for n, part in enumerate(wanted, 1)
    )
    write_event("save-minutes", occasion, by, now, revision=saved.number)
    return saved


def known_parts(occasion: Occasion, parts: Sequence[Part]) -> list[Part]:
    """Paragraphs of this occasion's points and free ones; a free one without a word is gone, a point's is left out on purpose."""
    ids = set(occasion.points.values_list("pk", flat=True))
    return [part for part in parts if point_of(part.key) in ids or (FREE_KEY.fullmatch(part.key) and part.text)]


def point_of(key: str) -> int | None:
    """The point that a paragraph is about."""
    found = POINT_KEY.fullmatch(key)
    return int(found[1]) if found else None


def parts_of(revision: Revision | None) -> list[Part]:
    """A revision as a form holds it."""
    if revision is None:
        return []
    return [Part(row.key, row.text, row.publish) for row in revision.paragraphs.all()]


@transaction.atomic
def submit_minutes(occasion: Occasion, *, by: User, now: datetime, revision: int) -> Revision:
    """Event staff put the newest text before the host."""
    occasion, newest = _begin("submit-minutes", occasion, by, now, revision)
    newest.submitted_by, newest.submitted_at = by, now
    newest.save(update_fields=["submitted_by", "submitted_at"])
    event = finish("submit-minutes", occasion, by, now, revision=revision)
    notify(notices.to_host(event, "minutes_submitted"), now=now)
    return newest


@transaction.atomic
def return_minutes(occasion: Occasion, *, by: User, now: datetime, revision: int, reason: str) -> Revision:
    """The host wants something put right first."""
    occasion, newest = _begin("return-minutes", occasion, by, now, revision)
    newest.submitted_by = newest.submitted_at = None
    newest.save(update_fields=["submitted_by", "submitted_at"])
    event = finish("return-minutes", occasion, by, now, text=reason, revision=revision)
    notify(notices.to_organisers(event, "minutes_returned"), now=now)
    return newest


@transaction.atomic
def approve_minutes(occasion: Occasion, *, by: User, now: datetime, revision: int) -> Revision:
    """The host approves exactly what was read; a correction of approved minutes is approved in the same way."""
    occasion, newest = _begin("approve", occasion, by, now, revision)
    newest.approved_by, newest.approved_at = by, now
    newest.save(update_fields=["approved_by", "approved_at"])
    event = finish("approve", occasion, by, now, to=Stage.MINUTED, revision=revision)
    keep_clocks(occasion, now, by)
    notify(notices.to_organisers(event, "minutes_approved"), now=now)
    return newest


def _begin(name: str, occasion: Occasion, by: User, now: datetime, revision: int) -> tuple[Occasion, Revision]:
    """Lock and check; whoever decides about a text that is not the newest any more comes too late (409)."""
    portal.hold()
    occasion = begin(name, occasion, by, now)
    newest = newest_revision(occasion)
    if newest is None or newest.number != revision:
        raise StepNotOpen(OCCASION_FLOW[name], occasion)
    return occasion, newest

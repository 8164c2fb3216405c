"""What was raised, by whom, and what became of it on the spot; whether a firm may be named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from enterprises.models import Enterprise
from events.actions.step import begin, lock, write_event
from events.models import AgendaItem, Consent, Invitation, Occasion, Point
from events.workflow import OCCASION_FLOW
from liaison.accounts.models import User
from liaison.workflow import StepNotOpen

POINT_FIELDS: Final = ("kind", "enterprise", "speaker", "text", "answer", "agenda_item")


@dataclass(frozen=True)
class Said:
    """A point as a form holds it."""

    kind: str
    speaker: str
    text: str
    answer: str = ""
    enterprise: Enterprise | None = None
    agenda_item: AgendaItem | None = None


@transaction.atomic
def record_point(occasion: Occasion, *, by: User, now: datetime, said: Said, once_key: str) -> Point:
    """Write down one point under the next number; posted twice it is one."""
    occasion = begin("record-point", occasion, by, now)
    if (known := occasion.points.filter(once_key=once_key).first()) is not None:
        return known
    last: int | None = occasion.points.aggregate(last=Max("number"))["last"]
    point = Point(occasion=occasion, number=(last or 0) + 1, recorded_by=by, recorded_at=now, once_key=once_key)
    _fill(point, said)
    point.save()
    write_event("point", occasion, by, now, enterprise=said.enterprise, point=point.number, what=said.kind)
    return point


@transaction.atomic
def change_point(point: Point, *, by: User, now: datetime, said: Said, version: int | None = None) -> Point:
    """Put right what was written down; what has become an issue stays taken away, and that firm's."""
    occasion = begin("record-point", point.occasion, by, now)
    point = occasion.points.select_for_update(no_key=True, of=("self",)).get(pk=point.pk)
    point.occasion = occasion
    if version is not None and version != point.version:
        raise StepNotOpen(OCCASION_FLOW["record-point"], occasion)
    kept = (point.kind, point.enterprise) if point.issue_id else (said.kind, said.enterprise)
    old = point.text
    _fill(point, said)
    point.kind, point.enterprise = kept
    point.version += 1
    point.save(update_fields=[*POINT_FIELDS, "version"])
    write_event("point-changed", occasion, by, now, enterprise=point.enterprise, point=point.number, old=old)
    return point


def _fill(point: Point, said: Said) -> None:
    for name in POINT_FIELDS:
        setattr(point, name, getattr(said, name))


@transaction.atomic
def give_consent(invitation: Invitation, *, by: User | None, now: datetime, given: bool) -> Consent:
    """The firm lets itself be named in what is published, or does not (any more); it takes effect at once."""
    occasion = lock(invitation.occasion_id)
    known = occasion.consents.filter(enterprise=invitation.enterprise_id).first()
    if known is not None and known.given == given:
        return known
    values = {"given": given, "at": now, "by": by}
    consent, _new = Consent.objects.update_or_create(occasion=occasion, enterprise=invitation.enterprise, defaults=values)
    write_event("consent" if given else "no-consent", occasion, by, now, enterprise=invitation.enterprise)
    return consent

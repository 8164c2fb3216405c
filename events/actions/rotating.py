"""The rotation's rule is set, and its choice invited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from enterprises.models import Enterprise
from events import notices
from events.actions.inviting import add_invitations
from events.actions.step import begin, finish, write_event
from events.enums import Source
from events.models import Invitation, Occasion, RotationDraw, RotationRule
from events.pool import Names, draw_for
from events.rotation.record import as_json
from liaison.accounts.models import User
from liaison.notifications.actions import notify_all


class OtherResult(Exception):  # noqa: N818 - an answer to event staff, not a fault
    """Since it was looked at, the register or the invitations have changed, and so has the result."""


@transaction.atomic
def set_rule(occasion: Occasion, *, by: User, now: datetime, values: Mapping[str, Any]) -> RotationRule:
    """Whom the rotation may choose; the book keeps who said so."""
    occasion = begin("draw", occasion, by, now)
    rule, _new = RotationRule.objects.update_or_create(occasion=occasion, defaults=dict(values))
    write_event("rule", occasion, by, now, **{name: value for name, value in values.items() if value})
    return rule


@transaction.atomic
def invite_by_rotation(occasion: Occasion, *, by: User, now: datetime, seed: int, expected: str) -> list[Invitation]:
    """Draw again under the occasion's lock and invite; what differs from what was looked at is shown first."""
    occasion = begin("draw", occasion, by, now)
    drawn = draw_for(occasion, seed)
    codes = [choice.code for choice in drawn.chosen]
    if result_of(codes) != expected:
        raise OtherResult
    RotationDraw.objects.create(occasion=occasion, seed=seed, at=now, by=by, result=as_json(drawn, Names()))
    firms = {firm.credit_code: firm for firm in Enterprise.objects.filter(credit_code__in=codes)}
    new = add_invitations(occasion, [firms[code] for code in codes], by=by, now=now, source=Source.ROTATION, reason="")
    event = finish("draw", occasion, by, now, firms=len(new), seed=seed)
    notify_all(notices.to_all_invited(event, new, "invited"), now=now)
    return new


def result_of(codes: list[str]) -> str:
    """What the page says of a result, so that the act knows whether it is still the same."""
    return " ".join(codes)

"""Meetings that took place, with what was said in them."""

from datetime import timedelta
from typing import Any

from events.actions.answering import Guest, accept_invitation
from events.actions.minutes import approve_minutes, save_minutes, submit_minutes
from events.actions.planning import hold_occasion
from events.actions.points import Said, record_point
from events.forms.topics import new_key
from events.merging import Part
from events.models import Invitation, Occasion, Point, Revision
from tests.factories.events import STARTS, invited, published
from tests.factories.issues import MONDAY, District

AFTERWARDS = STARTS + timedelta(hours=3)


def held(d: District, now=AFTERWARDS, **changes: Any) -> Occasion:
    """A breakfast to which the firm came."""
    occasion = published(d, **changes)
    row = invited(d, occasion)[0]
    accept_invitation(row, by=None, now=MONDAY, guest=Guest("孙辉", "总经理"))
    return hold_occasion(occasion, by=d["events1"], now=now)


def invitation(occasion: Occasion) -> Invitation:
    return occasion.invitations.select_related("enterprise", "occasion").get()


def said(d: District, **changes: Any) -> Said:
    values = {"kind": "taken", "speaker": "孙辉", "text": "希望协调银行办理续贷。", "answer": "会后研究。", "enterprise": d.firm}
    return Said(**{**values, **changes})


def raised(d: District, occasion: Occasion, now=AFTERWARDS, **changes: Any) -> Point:
    return record_point(occasion, by=d["events1"], now=now, said=said(d, **changes), once_key=new_key())


def written(d: District, occasion: Occasion, *parts: Part, base: int = 0, now=AFTERWARDS) -> Revision:
    saved = save_minutes(occasion, by=d["events1"], now=now, revision=base, parts=parts)
    assert saved is not None
    return saved


def approved(d: District, occasion: Occasion, *parts: Part, base: int = 0, now=AFTERWARDS) -> Revision:
    revision = written(d, occasion, *parts, base=base, now=now)
    submit_minutes(occasion, by=d["events1"], now=now, revision=revision.number)
    return approve_minutes(occasion, by=d["leader.main"], now=now, revision=revision.number)

"""Meetings walked to any stage by the real steps."""

from datetime import datetime, timedelta
from typing import Any

from enterprises.models import Enterprise
from events.actions.inviting import invite_firms
from events.actions.planning import Item, Plan, plan_occasion, publish_occasion
from events.models import Invitation, Occasion, Series
from liaison.workdays import ZONE
from tests.factories.issues import MONDAY, District

STARTS = datetime(2026, 9, 21, 7, 30, tzinfo=ZONE)
"Two weeks after MONDAY."


def breakfasts() -> Series:
    return Series.objects.get_or_create(
        code="breakfast",
        defaults={"name": "畅聊早餐会", "name_en": "Breakfast talk", "kind": "breakfast", "action": "talks"},
    )[0]


def plan(d: District, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "kind": "breakfast",
        "action": "talks",
        "title": "畅聊早餐会",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "place": "区政务中心三楼",
        "host_unit": d.units["desk"],
        "reply_by": STARTS - timedelta(days=3),
        "series": breakfasts(),
        "access": "invited",
        "summary": "听取企业意见。",
        "host": d["leader.main"],
        "programme": [Item("早餐", 30), Item("企业发言", 60, "参会企业")],
    }
    return Plan(**{**values, **changes})


def planned(d: District, now: datetime = MONDAY, **changes: Any) -> Occasion:
    return plan_occasion(plan(d, **changes), by=d["events1"], now=now)


def published(d: District, now: datetime = MONDAY, **changes: Any) -> Occasion:
    return publish_occasion(planned(d, now, **changes), by=d["events1"], now=now)


def invited(d: District, occasion: Occasion, *firms: Enterprise, now: datetime = MONDAY) -> list[Invitation]:
    rows = invite_firms(occasion, firms or [d.firm], by=d["events1"], now=now, reason="请代表发言")
    return list(
        Invitation.objects.filter(pk__in=[row.pk for row in rows]).select_related("enterprise", "occasion").order_by("pk")
    )

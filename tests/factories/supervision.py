"""Supervisors walked to any stage by the real steps."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import time_machine

from issues.models import Category
from liaison.accounts.models import User
from liaison.workdays import ZONE
from supervision.actions.appointing import Candidate, add_candidate, announce_batch, appoint_batch, begin_batch
from supervision.actions.reporting import send_report, start_report
from supervision.models import Appointment, Batch, Report
from tests.factories.enterprises import PersonFactory
from tests.factories.issues import MONDAY, District

APPOINTED = datetime(2026, 9, 15, 10, tzinfo=ZONE)
"The Tuesday after the five working days of an announcement that began on MONDAY."
TERM = {"from_on": date(2026, 9, 15), "to_on": date(2029, 9, 14)}


def batch_of(d: District, *people: User, now: datetime = MONDAY, **changes: Any) -> Batch:
    values: dict[str, Any] = {"title": "首届营商环境监督员", **TERM}
    batch = begin_batch(by=d["desk1"], now=now, **{**values, **changes})
    for person in people:
        add_candidate(batch, candidate(person), by=d["desk1"], now=now)
    return batch


def candidate(person: User, **changes: Any) -> Candidate:
    return Candidate(**{"person": person, "field": "税费服务", "workplace": "区工商联执委", **changes})


def announced(d: District, *people: User, now: datetime = MONDAY, **changes: Any) -> Batch:
    return announce_batch(batch_of(d, *people, now=now, **changes), by=d["desk1"], now=now)


def appointed(d: District, *people: User, now: datetime = APPOINTED, **changes: Any) -> list[Appointment]:
    batch = announced(d, *people, **changes)
    appoint_batch(batch, by=d["desk1"], now=now)
    return list(batch.appointments.select_related("person", "batch").order_by("pk"))


def supervisor(d: District, **changes: Any) -> Appointment:
    return appointed(d, changes.pop("person", None) or PersonFactory(), **changes)[0]


def answers(d: District, **changes: Any) -> dict[str, Any]:
    values = {
        "unit": d.units["tax"],
        "enterprise": None,
        "category": Category.objects.get(code="01"),
        "subject": "办税大厅只开一个窗口",
        "seen_at": APPOINTED,
        "place": "区政务中心二楼",
        "manner": "covert",
        "function": "oversight",
        "facts": "上午十点大厅有三十余人排队,仅开一个窗口。",
        "evidence": "现场照片",
        "advice": "高峰时段增开窗口",
        "touches_integrity": False,
        "anonymous": False,
    }
    return {**values, **changes}


def drafted(d: District, appointment: Appointment, now: datetime = APPOINTED, **changes: Any) -> Report:
    with time_machine.travel(now, tick=False):
        return start_report(uuid4(), answers(d, **changes), by=fresh(appointment), now=now)


def sent(d: District, appointment: Appointment, now: datetime = APPOINTED, **changes: Any) -> Report:
    draft = drafted(d, appointment, now, **changes)
    with time_machine.travel(now, tick=False):
        send_report(draft, by=fresh(appointment), now=now)
    return Report.objects.get(pk=draft.pk)


def fresh(appointment: Appointment) -> User:
    """The person, read anew: rights and interests are remembered per object."""
    return User.objects.get(pk=appointment.person_id)

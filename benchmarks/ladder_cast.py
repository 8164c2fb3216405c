"""Many running clocks that are due at once: units with their people, issues in handling, planned rungs."""

from datetime import timedelta
from typing import Any, Final

UNITS: Final = 40
CHUNK: Final = 5_000
REACHED: Final = timedelta(minutes=1)


def make_district() -> dict[str, Any]:
    """Forty units with liaison officer, handler, deputy and head; a desk, inspectors, leaders, a firm."""
    from django.utils import timezone  # noqa: PLC0415

    from enterprises.models import Enterprise  # noqa: PLC0415
    from liaison.accounts.models import Duty, Posting, Unit, User  # noqa: PLC0415

    today = timezone.localdate()
    units = [Unit(code=f"u{n}", name=f"单位{n}", name_en=f"Unit {n}", path=f"/u{n}/") for n in range(UNITS)]
    units.append(Unit(code="desk", name="专班", name_en="Desk", path="/desk/"))
    Unit.objects.bulk_create(units)
    duties = [(unit, duty) for unit in units[:-1] for duty in (Duty.LIAISON, Duty.HANDLER, Duty.DEPUTY, Duty.HEAD)]
    duties += [(units[-1], duty) for duty in (Duty.DESK, Duty.DESK, Duty.INSPECTOR, Duty.CALLER, Duty.MAIN_LEADER)]
    duties += [(unit, Duty.LEADER) for unit in units[:-1:10]]
    people = User.objects.bulk_create(User(username=f"p{n}", name=f"P{n}", email=f"p{n}@example.org") for n in range(len(duties)))
    Posting.objects.bulk_create(
        Posting(user=user, unit=unit, duty=duty, from_on=today) for user, (unit, duty) in zip(people, duties, strict=True)
    )
    handlers = {unit.pk: user for user, (unit, duty) in zip(people, duties, strict=True) if duty == Duty.HANDLER}
    now = timezone.now()
    firm = Enterprise.objects.create(
        name="自贡市机械制造有限公司",
        credit_code="91510300MA62K0001X",
        legal_representative="陈立新",
        industry="C",
        industry_code="3443",
        employees=10,
        revenue=10,
        assets=10,
        contact_name="陈立新",
        contact_phone="13900000001",
        status="verified",
        applied_at=now,
        verified_at=now,
    )
    return {"units": units[:-1], "handlers": handlers, "desk": people[-10], "firm": firm}


def fill(district: dict[str, Any], count: int, level: int) -> None:
    """Issues in handling whose answer's clock reached ``level`` a minute ago; the higher rungs lie ahead."""
    for start in range(0, count, CHUNK):
        _fill(district, range(start, min(start + CHUNK, count)), level)
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill(district: dict[str, Any], numbers: range, level: int) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from issues.models import Issue, Order  # noqa: PLC0415
    from liaison.clocks.actions.rules import rungs_in_force  # noqa: PLC0415
    from liaison.clocks.models import Clock, Step  # noqa: PLC0415

    now, units, desk = timezone.now(), district["units"], district["desk"]
    began, due = now - timedelta(days=10), now + timedelta(days=1)
    owners = [units[n % len(units)] for n in numbers]
    issues = Issue.objects.bulk_create(
        Issue(
            enterprise=district["firm"],
            created_by=desk,
            title="申请续贷",
            body="流动资金紧张。",
            stage="handling",
            year=1999,
            serial=n + 1,
            number=f"1999-{n + 1}",
            lead_unit=unit,
            due_at=due,
            created_at=began,
            submitted_at=began,
            dispatched_at=began,
        )
        for n, unit in zip(numbers, owners, strict=True)
    )
    Order.objects.bulk_create(
        Order(
            issue=issue,
            unit=unit,
            role="lead",
            round=1,
            state="accepted",
            limit_amount=7,
            issued_by=desk,
            issued_at=began,
            due_at=due,
            accepted_by=desk,
            accepted_at=began,
            handler=district["handlers"][unit.pk],
        )
        for issue, unit in zip(issues, owners, strict=True)
    )
    clocks = Clock.objects.bulk_create(
        Clock(
            subject_kind="issue",
            subject_id=issue.pk,
            kind="answer",
            unit=unit,
            started_at=began,
            amount=7,
            limit_unit="wd",
            due_at=due,
            next_step_at=now - REACHED,
        )
        for issue, unit in zip(issues, owners, strict=True)
    )
    rungs = rungs_in_force()[""]
    ahead = now + timedelta(days=20)
    Step.objects.bulk_create(
        Step(clock=clock, level=rung.level, rung=rung, light=rung.light, due_at=now - REACHED if rung.level <= level else ahead)
        for clock in clocks
        for rung in rungs
    )


def empty() -> None:
    """Forget issues, clocks and messages."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE issues_issue, clocks_clock, notifications_notification, notifications_delivery CASCADE")

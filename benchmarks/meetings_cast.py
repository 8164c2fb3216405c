"""Occasions and invitations of any number, made by the database itself; reached by no steps, so only for timing."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import connection, models

from benchmarks.fill import copy_rows
from enterprises.enums import Role, Status
from enterprises.models import Enterprise, Representative
from events.models import CheckIn, Invitation, Occasion, OccasionEvent, Presiding, ProgrammeItem, Result, Series
from liaison.accounts.models import Duty, Posting, Unit, UnitKind, User
from liaison.moments import clock

FIRMS = 20_000
TO_COME = 12
"What lies ahead is the same in every district; what is past only grows."
RECENT = 62
"Days before today without any: this month and the next hold the same meetings in every district."
EACH = 50
"Invitations to one occasion."
OURS = 20
"firm1 is invited to one occasion of so many."
YEARS = 5
BIG = "the-big-one"
CAST = {"events1": Duty.EVENT_STAFF, "leader1": Duty.LEADER, "leader.main": Duty.MAIN_LEADER}
KINDS = "breakfast briefing training investment ideals symposium banks supervisors"
ACTIONS = "talks help ability friends politics environment"
TABLES = "events_checkin, events_occasionevent, events_presiding, events_programmeitem, events_invitation, events_occasion"


def make_cast() -> None:
    """Staff, a series and firms: the same at every size."""
    desk = Unit.objects.create(code="desk", name="会务组", name_en="Events", kind=UnitKind.LIAISON)
    town = Unit.objects.create(code="town", name="永安镇", name_en="Yongan", kind=UnitKind.TOWN)
    for username, duty in CAST.items():
        user = User.objects.create(username=username, name=username)
        Posting.objects.create(user=user, unit=desk, duty=duty, from_on=date(2020, 1, 1))
    Series.objects.create(code="breakfast", name="畅聊早餐会", name_en="Breakfast talk", kind="breakfast", action="talks")
    person, now = User.objects.create(username="firm1", name="孙辉"), clock.now()
    firm = Enterprise.objects.create(
        name="四川水木阳光农业有限公司", credit_code="91510311MA00000000", legal_representative="孙辉", industry="A", town=town,
        contact_name="孙辉", contact_phone="13900000001", status=Status.VERIFIED, applied_at=now, verified_at=now,
    )  # fmt: skip
    Representative.objects.create(user=person, enterprise=firm, role=Role.MANAGER, since=now)
    changed = {
        "name": "'企业第' || i || '号有限公司'",
        "credit_code": "'91510311MA' || lpad(i::text, 8, '0')",
        "size": "(ARRAY['micro', 'small', 'medium', 'large'])[1 + i % 4]",
    }
    copy_rows(Enterprise, firm.pk, changed, f"generate_series(1, {FIRMS - 1}) AS i")


def fill(count: int, big: int = 0) -> None:
    """Forget all occasions, make new ones; ``big``: one more with so many invitations."""
    run(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE")
    occasion = _prototype()
    _fill_occasions(occasion, count)
    _fill_around(occasion)
    last = {"occasion_id": "(SELECT max(id) FROM events_occasion)"}
    _check_in()
    if big:
        copy_rows(Occasion, occasion.pk, {"slug": f"'{BIG}'", "uid": f"'{BIG}'", "number": "NULL"}, "generate_series(1, 1) AS i")
        _invite(f"generate_series(1, {big}) AS j", {**last, "enterprise_id": "f.first + j - 1"})
    run("VACUUM ANALYZE")


def _prototype() -> Occasion:
    now, staff = clock.now(), User.objects.get(username="events1")
    return Occasion.objects.create(
        slug="breakfast-0", series=Series.objects.get(), number=0, kind="breakfast", action="talks", stage="published",
        title="政企畅聊早餐会", summary="听取企业意见。", starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=2),
        place="区政务中心一楼餐厅", capacity=200, reply_by=now + timedelta(days=1), host_unit=Unit.objects.get(code="desk"),
        planned_by=staff, planned_at=now, changed_at=now, published_at=now, uid="0",
    )  # fmt: skip


def _fill_occasions(prototype: Occasion, count: int) -> None:
    """The last dozen are still to come; the others were held in the last years."""
    ahead = f"i > {count - TO_COME}"
    starts = (
        f"CASE WHEN {ahead} THEN now() + interval '2 days' * (i - {count - TO_COME})"
        f" ELSE now() - interval '1 day' * ({RECENT} + {YEARS * 365}.0 * ({count} - i) / {count}) END"
    )
    kinds, actions = ("', '".join(words.split()) for words in (KINDS, ACTIONS))
    changed = {
        "slug": "'breakfast-' || i",
        "uid": "'occasion-' || i",
        "number": "i",
        "kind": f"(ARRAY['{kinds}'])[1 + i % 8]",
        "action": f"(ARRAY['{actions}'])[1 + i % 6]",
        "access": "(ARRAY['invited', 'public'])[1 + i % 2]",
        "stage": f"CASE WHEN {ahead} THEN 'published' ELSE 'closed' END",
        "starts_at": starts,
        "ends_at": f"{starts} + interval '2 hours'",
        "reply_by": f"{starts} - interval '1 day'",
        "booklets": "i % 300",
    }
    copy_rows(Occasion, prototype.pk, changed, f"generate_series(1, {count - 1}) AS i")


def _fill_around(occasion: Occasion) -> None:
    """Invitations, who presides, programmes, what happened: as much for each occasion."""
    _invite(
        f"events_occasion AS o, generate_series(0, {EACH - 1}) AS j",
        {
            "occasion_id": "o.id",
            "enterprise_id": f"f.first + CASE WHEN j = 0 AND o.id % {OURS} = 1 THEN 0"
            f" ELSE 1 + (o.id * {EACH} + j) % {FIRMS - 1} END",
        },
    )
    host = User.objects.get(username="leader.main")
    rows: list[models.Model] = [
        Presiding(occasion=occasion, leader=host, role="host"),
        ProgrammeItem(occasion=occasion, position=1, minutes=90, title="企业家畅谈"),
        OccasionEvent(occasion=occasion, kind="plan", actor=host, at=clock.now()),
    ]
    for row in rows:
        row.save()
        copy_rows(type(row), row.pk, {"occasion_id": "o.id"}, "events_occasion AS o", f"o.id <> {occasion.pk}")


def _check_in() -> None:
    """Every other firm that comes is inside."""
    first, now = Invitation.objects.filter(state="accepted").earliest("pk"), clock.now()
    row = CheckIn.objects.create(
        occasion_id=first.occasion_id, invitation=first, enterprise_id=first.enterprise_id, nonce=uuid4(), result=Result.IN,
        gate="A", scanned_at=now, received_at=now, by=User.objects.get(username="events1"),
    )  # fmt: skip
    whose = {"occasion_id": "i.occasion_id", "invitation_id": "i.id", "enterprise_id": "i.enterprise_id"}
    others = f"i.state = 'accepted' AND i.id % 2 = 0 AND i.id <> {first.pk}"
    copy_rows(CheckIn, row.pk, {**whose, "nonce": "gen_random_uuid()"}, "events_invitation AS i", others)


def _invite(source: str, changed: dict[str, str]) -> None:
    """Half come, some wait, some have not answered."""
    now, staff = clock.now(), User.objects.get(username="events1")
    occasion, first = Occasion.objects.earliest("pk"), Enterprise.objects.earliest("pk")
    prototype = Invitation.objects.create(
        occasion=occasion, enterprise=Enterprise.objects.latest("pk"), state="declined", guest_name="某某", invited_by=staff,
        invited_at=now, answered_at=now, waiting_since=now,
    )  # fmt: skip
    values = {
        **changed,
        "state": "(ARRAY['accepted', 'accepted', 'accepted', 'pending', 'declined', 'waiting'])[1 + j % 6]",
        "nonce": "md5('n' || random() || j)",
        "code": "md5('c' || random() || j)",
    }
    copy_rows(Invitation, prototype.pk, values, f"(SELECT {first.pk} AS first) AS f, {source}")
    prototype.delete()


def run(sql: str) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)

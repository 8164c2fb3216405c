"""A district of any size, made by the database itself from one prototype of each row; reached by no steps, so only for timing."""

import random
from datetime import UTC, date, datetime

from django.db import connection, models

from enterprises.enums import Role, Status
from enterprises.models import Enterprise, Representative
from issues.enums import OrderRole, OrderState, Stage
from issues.models import Category, Issue, IssueEvent, Order
from liaison.accounts.models import Duty, Posting, Unit, UnitKind, User
from liaison.search import tokens

UNITS, TEXTS, WORDS = 40, 4000, 300
YEARS = 3
LEAST_OPEN, OPEN_SHARE = 200, 50
"A district has some hundred open issues; the benchmark leaves one in fifty open, which is more than any office could bear."
FIRM_SHARE = 10
EVENT = "已联系企业。"
TABLES = (
    "issues_opening",
    "issues_issueevent",
    "issues_order",
    "issues_issue",
    "enterprises_representative",
    "enterprises_enterprise",
)
OPEN_STAGES = (
    *[Stage.HANDLING] * 12,
    *[Stage.ANSWERED] * 2,
    *[Stage.SUBMITTED, Stage.ADMITTED, Stage.DISPATCHED, Stage.SIGN_OFF, Stage.CALLBACK, Stage.REDO],
)
CAST = {
    "desk1": [("desk", Duty.DESK)],
    "caller1": [("desk", Duty.CALLER)],
    "inspect1": [("inspect", Duty.INSPECTOR)],
    "leader.main": [("desk", Duty.MAIN_LEADER)],
    "leader1": [("unit1", Duty.LEADER), ("unit2", Duty.LEADER), ("unit3", Duty.LEADER)],
    "big.liaison": [("unit1", Duty.LIAISON)],
    "big.handler": [("unit1", Duty.HANDLER)],
    "big.head": [("unit1", Duty.HEAD)],
    "small.head": [("unit40", Duty.HEAD)],
    "firm1": [],
}


def make_cast() -> None:
    """Units and people, the same at every size."""
    town = Unit.objects.create(code="town", name="永安镇", name_en="Yongan", kind=UnitKind.TOWN)
    names = {"desk": "政企沟通专班", "inspect": "督查室", **{f"unit{n}": f"承办单位{n}" for n in range(1, UNITS + 1)}}
    units = {code: Unit.objects.create(code=code, name=name, name_en=code) for code, name in names.items()}
    units["town"] = town
    for username, postings in CAST.items():
        user = User.objects.create(username=username, name=username)
        for code, duty in postings:
            Posting.objects.create(user=user, unit=units[code], duty=duty, from_on=date(2020, 1, 1))


def fill(issues: int, events: int) -> None:
    """Forget all issues and firms, and make new ones."""
    _run(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")
    firms = _fill_firms(max(issues // FIRM_SHARE, 20))
    _fill_texts()
    _fill_issues(issues, firms)
    _fill_orders()
    if events:
        _fill_events(events)
    _run("DROP TABLE benchmark_text")
    _run("VACUUM ANALYZE")


def _fill_firms(count: int) -> int:
    now = datetime.now(UTC)
    person = User.objects.get(username="firm1")
    firm = Enterprise.objects.create(
        name="四川水木阳光农业有限公司", credit_code="91510311MA00000000", legal_representative="孙辉", industry="A",
        town=Unit.objects.get(code="town"), contact_name="孙辉", contact_phone="13900000001", status=Status.VERIFIED,
        applied_at=now, verified_at=now,
    )  # fmt: skip
    Representative.objects.create(user=person, enterprise=firm, role=Role.MANAGER, since=now)
    changed = {"name": "'企业第' || i || '号有限公司'", "credit_code": "'91510311MA' || lpad(i::text, 8, '0')"}
    copy_rows(Enterprise, firm.pk, changed, f"generate_series(1, {count - 1}) AS i")
    return count


def _fill_texts() -> None:
    """Texts of words as unequally frequent as in speech, with what the search needs to know of them."""
    chance = random.Random(7)  # noqa: S311 - the same texts in every run
    words = [chr(0x4E00 + chance.randrange(8000)) + chr(0x4E00 + chance.randrange(8000)) for _n in range(WORDS)]
    words[3], words[40] = "贷款", "用工"
    weights = [1 / (rank + 1) for rank in range(WORDS)]
    rows = [
        (n, "".join(chance.choices(words, weights, k=6)), "".join(chance.choices(words, weights, k=40))) for n in range(TEXTS)
    ]
    _run("CREATE TABLE benchmark_text (id int PRIMARY KEY, title text, body text, words tsvector)")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO benchmark_text VALUES (%s, %s, %s, %s::tsvector)",
            [(n, title, body, tokens(title, body)) for n, title, body in rows],
        )


def _fill_issues(count: int, firms: int) -> None:
    firm = Enterprise.objects.earliest("pk")
    prototype = Issue.objects.create(
        enterprise=firm, created_by=User.objects.get(username="firm1"), category=Category.objects.get(code="01"),
        stage=Stage.DRAFT, nature="help", kind="individual", created_at=datetime.now(UTC),
    )  # fmt: skip
    changed = {
        "draft_key": "gen_random_uuid()",
        "year": "2024",
        "serial": "i",
        "number": "'沿企诉〔2024〕' || i || '号'",
        "enterprise_id": f"{firm.pk} + i % {firms}",
        "title": "t.title",
        "body": "t.body",
        "search_text": "t.words || ('''2024-' || i || ''':900')::tsvector",
        "search_all": "t.words || ('''2024-' || i || ''':900 ''企业'':901 ''' || i || ''':902')::tsvector",
        "sensitive": "i % 33 = 0",
        "leader_id": f"CASE WHEN i % 500 = 11 THEN {User.objects.get(username='leader.main').pk} END",
        **_course_of(count),
    }
    numbers = f"generate_series(1, {count}) AS i JOIN benchmark_text t ON t.id = (hashint4(i + 1) & 2147483647) % {TEXTS}"
    copy_rows(Issue, prototype.pk, changed, numbers)
    prototype.delete()


def _course_of(count: int) -> dict[str, str]:
    """Stages, units and moments: the newest are open, a few old ones are followed for years."""
    still_open = f"i > {count - max(min(count, LEAST_OPEN), count // OPEN_SHARE)}"
    stages = ", ".join(f"'{stage}'" for stage in OPEN_STAGES)
    one_of = f"(ARRAY[{stages}])[1 + i % {len(OPEN_STAGES)}]"
    stage = f"CASE WHEN {still_open} THEN {one_of} WHEN i % 1000 = 7 THEN 'tracking' ELSE 'closed' END"
    ids = dict(Unit.objects.filter(code__startswith="unit").values_list("code", "pk"))
    others = [pk for code, pk in ids.items() if code not in {"unit1", "unit40"}]
    weighed = [ids["unit1"]] * 100 + others * 23 + [ids["unit40"]]
    unit = f"(ARRAY{weighed})[1 + (hashint4(i) & 2147483647) % {len(weighed)}]"
    sent = f"now() - interval '1 day' * ({YEARS * 365}.0 * ({count} - i) / {count})"
    soon = "now() + interval '1 hour' * (hashint4(i) % 240)"
    return {
        "stage": stage,
        "lead_unit_id": f"CASE WHEN ({stage}) IN ('submitted', 'admitted') THEN NULL ELSE {unit} END",
        "created_at": sent,
        "submitted_at": sent,
        "dispatched_at": f"{sent} + interval '1 day'",
        "due_at": f"CASE WHEN {still_open} THEN {soon} ELSE {sent} + interval '10 days' END",
        "answered_at": f"{sent} + interval '8 days'",
        "closed_at": f"CASE WHEN {still_open} THEN NULL ELSE {sent} + interval '9 days' END",
        "recheck_on": f"CASE WHEN NOT ({still_open}) AND i % 50 = 3 THEN current_date + i % 60 END",
    }


def _fill_orders() -> None:
    desk, handler = User.objects.get(username="desk1"), User.objects.get(username="big.handler")
    now = datetime.now(UTC)
    prototype = Order.objects.create(
        issue=Issue.objects.earliest("pk"), unit=Unit.objects.get(code="unit1"), role=OrderRole.LEAD, round=9, limit_amount=7,
        issued_by=desk, issued_at=now, due_at=now, state=OrderState.CANCELLED, accepted_by=desk, accepted_at=now, handler=handler,
    )  # fmt: skip
    in_work = "q.stage IN ('handling', 'sign_off', 'tracking')"
    state = f"CASE WHEN q.stage = 'dispatched' THEN 'issued' WHEN {in_work} THEN 'accepted' ELSE 'done' END"
    lead = {"issue_id": "q.id", "unit_id": "q.lead_unit_id", "round": "1", "state": state, "due_at": "q.due_at"}
    copy_rows(Order, prototype.pk, lead, "issues_issue AS q", "q.lead_unit_id IS NOT NULL")
    other = f"{Unit.objects.get(code='unit2').pk} + q.id % 30"
    co = {**lead, "role": f"'{OrderRole.CO}'", "unit_id": other}
    copy_rows(Order, prototype.pk, co, "issues_issue AS q", f"q.id % 3 = 0 AND q.lead_unit_id <> {other}")
    prototype.delete()


def _fill_events(each: int) -> None:
    first = Issue.objects.order_by("pk")[0]
    prototype = IssueEvent.objects.create(
        issue=first, kind="message", actor=User.objects.get(username="desk1"), at=datetime.now(UTC), round=1, internal=True,
        stage_from=Stage.HANDLING, stage_to=Stage.HANDLING, text=EVENT,
    )  # fmt: skip
    copy_rows(
        IssueEvent,
        prototype.pk,
        {"issue_id": "q.id", "at": "q.submitted_at"},
        f"issues_issue AS q, generate_series(1, {each}) AS n",
    )


def copy_rows(model: type[models.Model], prototype: int, changed: dict[str, str], source: str, where: str = "true") -> None:
    """One row of ``model`` for each row of ``source``: the prototype's columns but for those ``changed`` (SQL)."""
    columns = [field.column for field in model._meta.concrete_fields if field.column and not field.primary_key]  # noqa: SLF001
    values = [changed.get(column, f'p."{column}"') for column in columns]
    name = model._meta.db_table  # noqa: SLF001
    named = ", ".join(f'"{column}"' for column in columns)
    rows = f"{name} AS p, {source} WHERE p.id = {prototype} AND {where}"
    _run(f"INSERT INTO {name} ({named}) SELECT {', '.join(values)} FROM {rows}")  # noqa: S608 - nothing of it comes from outside


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)

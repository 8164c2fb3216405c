"""A small district with everybody the loop needs, and issues walked to any stage by the real steps."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from enterprises.models import Enterprise
from issues.actions import ACTIONS
from issues.actions.intake import Matter, start_draft, submit_issue
from issues.models import Category, Issue
from liaison.accounts.models import Duty, Posting, Unit, UnitKind, User
from liaison.workdays import ZONE
from tests.factories.enterprises import EnterpriseFactory

MONDAY = datetime(2026, 9, 7, 9, 30, tzinfo=ZONE)
"A Monday of a month with no holiday in its first half."


def person(username: str, *postings: tuple[Unit, Duty], name: str = "") -> User:
    user = User.objects.create(username=username, name=name or f"{username}氏")
    for unit, duty in postings:
        Posting.objects.create(user=user, unit=unit, duty=duty, from_on=date(2020, 1, 1))
    return user


def unit(code: str, name: str, kind: str = UnitKind.DEPARTMENT, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=name, name_en=code.capitalize(), kind=kind, parent=parent)


@dataclass
class District:
    """The cast of the tests, by user name; units by code."""

    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    firm: Enterprise = field(default=None)  # type: ignore[assignment]
    other_firm: Enterprise = field(default=None)  # type: ignore[assignment]

    def __getitem__(self, username: str) -> User:
        """The person, read anew: rights are remembered per object."""
        return User.objects.get(pk=self.people[username].pk)


def make_district() -> District:
    d = District()
    # A test that really commits ends with empty tables, so the categories of the migration may be gone.
    Category.objects.get_or_create(code="01", defaults={"name": "融资信贷", "name_en": "Finance and credit"})
    u = d.units
    u["leaders"] = unit("leaders", "区委区政府领导", UnitKind.LEADERSHIP)
    u["desk"] = unit("desk", "政企沟通专班", UnitKind.LIAISON)
    u["inspect"] = unit("inspect", "督查室", UnitKind.INSPECTION)
    u["tax"], u["env"], u["finance"] = unit("tax", "区税务局"), unit("env", "区生态环境局"), unit("finance", "区财政局")
    people: dict[str, list[tuple[Unit, Duty]]] = {
        "desk1": [(u["desk"], Duty.DESK)],
        "desk2": [(u["desk"], Duty.DESK)],
        "caller1": [(u["desk"], Duty.CALLER)],
        "leader1": [(u[code], Duty.LEADER) for code in ("tax", "env", "finance")],
        "leader.main": [(u["leaders"], Duty.MAIN_LEADER)],
        "inspect1": [(u["inspect"], Duty.INSPECTOR)],
        "events1": [(u["desk"], Duty.EVENT_STAFF)],
        "admin.system": [(u["desk"], Duty.SYSTEM_ADMIN)],
        "admin.security": [(u["desk"], Duty.SECURITY_ADMIN)],
        "admin.audit": [(u["desk"], Duty.AUDIT_ADMIN)],
    }
    for code in ("tax", "env", "finance"):
        for duty in (Duty.LIAISON, Duty.HANDLER, Duty.HEAD):
            people[f"{code}.{duty}"] = [(u[code], duty)]
    for username in ("firm1", "firm2", "firm2.staff", "stranger"):
        people[username] = []
    d.people = {username: person(username, *postings) for username, postings in people.items()}
    d.firm = EnterpriseFactory(
        name="四川水木阳光农业有限公司", manager=d.people["firm1"], contact_name="孙辉", legal_representative="孙辉"
    )
    d.other_firm = EnterpriseFactory(manager=d.people["firm2"])
    return d


def matter(**changes: Any) -> Matter:
    values = {
        "title": "申请流动资金贷款续贷",
        "body": "受疫情影响,公司流动资金紧张,希望协调银行办理续贷。",
        "category": Category.objects.get(code="01"),
        "nature": "help",
    }
    return Matter(**{**values, **changes})


def submitted(d: District, now: datetime = MONDAY, by: str = "firm1", **changes: Any) -> Issue:
    draft = start_draft(d.firm, matter(**changes), by=d[by], now=now)
    return submit_issue(draft, by=d[by], now=now)


def step(d: District, issue: Issue, name: str, by: str, now: datetime = MONDAY, **values: Any) -> Issue:
    ACTIONS[name](issue, by=d[by], now=now, **values)
    return Issue.objects.get(pk=issue.pk)


def walk(d: District, issue: Issue, *names: str, now: datetime = MONDAY) -> Issue:
    """Take the usual steps one after another."""
    for name in names:
        by, values = USUAL[name]
        issue = step(
            d,
            issue,
            VARIANTS.get(name, name),
            by,
            now,
            **{key: value(d) if callable(value) else value for key, value in values.items()},
        )
    return issue


USUAL: dict[str, tuple[str, dict[str, Any]]] = {
    "admit": (
        "desk1",
        {"category": lambda _d: Category.objects.get(code="01"), "nature": "help", "kind": "individual", "urgency": "normal"},
    ),
    "dispatch": ("desk1", {"lead_unit": lambda d: d.units["tax"], "co_units": lambda d: [d.units["env"]], "limit": 7}),
    "dispatch-alone": ("desk1", {"lead_unit": lambda d: d.units["tax"], "limit": 7}),
    "accept": ("tax.liaison", {"handler": lambda d: d["tax.handler"]}),
    "accept-co": ("env.liaison", {"handler": lambda d: d["env.handler"]}),
    "contact": ("tax.handler", {"text": "电话联系企业,约定上门。"}),
    "opinion": ("env.handler", {"text": "无环保方面的障碍。"}),
    "answer": ("tax.handler", {"outcome": "solved", "text": "已协调办理。"}),
    "sign-off": ("tax.head", {"result": "approve"}),
    "evaluate": ("firm1", {"solved": "yes", "rating": 5}),
    "evaluate-badly": ("firm1", {"solved": "no", "rating": 1, "reasons": ["result"], "text": "没有解决。"}),
    "call-back-redo": ("caller1", {"result": "redo", "text": "企业说问题没有解决。"}),
    "redo": ("desk1", {"reason": "result"}),
}
VARIANTS = {"dispatch-alone": "dispatch", "evaluate-badly": "evaluate", "call-back-redo": "call-back"}
